import AuditStore
import CertCore
import Glibc
import Logging
import SafeText
import Synchronization

/// The file that holds a collector's metrics, always whole: written beside it and renamed.
///
/// For the textfile collector of node_exporter and everything that reads its format. A disk without room is logged
/// once and costs nothing else.
final class MetricsFile: Sendable {
    /// How often the file is written; Prometheus asks every 15 to 60 seconds.
    static let interval = Duration.seconds(15)

    private struct Progress {
        var classes: [RejectionClass: Int64] = [:]
        /// The newest event that was there when the collector started, and from then on the newest that is counted.
        var lastEvent: Int64?
        var hasFailed = false
    }

    private let path: String
    private let databasePath: String
    private let logger: Logger
    private let started = Timestamp.now()
    private let counters: @Sendable () -> IntakeCounters
    private let progress = Mutex(Progress())

    /// A file of the metrics that a function gives.
    init(
        path: String,
        databasePath: String,
        logger: Logger,
        counters: @escaping @Sendable () -> IntakeCounters
    ) {
        self.path = path
        self.databasePath = databasePath
        self.logger = logger
        self.counters = counters
    }

    /// Writes the file now and again and again, until the task is cancelled.
    func write(every interval: Duration) async {
        while !Task.isCancelled {
            try? await CollectorService.onThread { self.writeOnce() }
            try? await Task.sleep(for: interval)
        }
    }

    /// Writes the file; a failure is logged when the one before succeeded.
    func writeOnce() {
        let snapshot = IntakeMetrics(
            counters: counters(),
            rejections: rejections(),
            sizes: DatabaseSizes(path: databasePath),
            started: started,
            now: .now()
        )
        do {
            // The exporter runs as another user.
            try FileDraft.write(snapshot.text, to: path, mode: 0o644)
            progress.withLock { $0.hasFailed = false }
        } catch {
            let isNew = progress.withLock { progress in
                defer { progress.hasFailed = true }
                return !progress.hasFailed
            }
            let reason = (error as? Failure)?.line.string ?? "\(error)"
            if isNew { logger.warning("the metrics are not written", metadata: ["error": "\(reason)"]) }
        }
    }

    /// Rejections stored since the start, by class; what cannot be read now is counted the next time.
    private func rejections() -> [RejectionClass: Int64] {
        progress.withLock { progress in
            guard let reader = try? AuditReader(path: databasePath) else { return progress.classes }
            if let last = progress.lastEvent {
                guard let new = try? reader.rejectionClasses(above: last) else { return progress.classes }
                progress.classes.merge(new.counts, uniquingKeysWith: +)
                progress.lastEvent = new.last
            } else {
                progress.lastEvent = (try? reader.status()).map { $0.lastEventID ?? 0 }
            }
            return progress.classes
        }
    }
}
