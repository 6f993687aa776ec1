import AuditStore
import Glibc
import SafeText
import Synchronization

/// Writes exports on a thread of its own with a database connection of its own, one at a time.
final class ExportRunner: Sendable {
    private struct Shared {
        var outbox: [Message] = []
        var reader: AuditReader?
        var isStopping = false
        var thread: pthread_t?
    }

    /// Milliseconds between two words about the progress.
    private static let tellInterval: Int64 = 250

    private let shared = Mutex(Shared())
    private let databasePath: String
    private let wake: @Sendable () -> Void

    /// Makes a runner; `wake` is called when messages wait in ``drain()``, from any thread.
    init(databasePath: String, wake: @escaping @Sendable () -> Void) {
        self.databasePath = databasePath
        self.wake = wake
    }

    /// Begins an export; the one before must have ended.
    func start(_ plan: ExportPlan, replacing: Bool, id: Int) {
        join()
        shared.withLock { $0.isStopping = false }
        let thread = DedicatedThread.start { [self] in
            post(.export(write(plan, replacing: replacing, id), id: id))
        }
        shared.withLock { $0.thread = thread }
        if thread == nil { post(.export(.failed("the system has no thread left"), id: id)) }
    }

    /// Writes a small file that must not be there yet, readable by its owner alone.
    func write(_ bytes: [UInt8], file: String, id: Int) {
        join()
        shared.withLock { $0.isStopping = false }
        let thread = DedicatedThread.start { [self] in
            do {
                var draft = try FileDraft(file)
                var output = draft.output
                try output.write(bytes)
                try output.flush()
                try draft.keep(replacing: false)
                post(.export(.wroteFile, id: id))
            } catch {
                post(.export(news(of: error), id: id))
            }
        }
        shared.withLock { $0.thread = thread }
        if thread == nil { post(.export(.failed("the system has no thread left"), id: id)) }
    }

    /// Stops the running export; nothing of it stays.
    func stop() {
        shared.withLock { shared in
            shared.isStopping = true
            shared.reader?.interrupt()
        }
    }

    /// Stops what runs and waits until its draft is gone.
    func close() {
        stop()
        join()
    }

    /// Takes the messages that have gathered.
    func drain() -> [Message] {
        shared.withLock { shared in
            defer { shared.outbox.removeAll() }
            return shared.outbox
        }
    }

    private func join() {
        let thread = shared.withLock { shared in
            defer { shared.thread = nil }
            return shared.thread
        }
        if let thread { pthread_join(thread, nil) }
    }

    private func post(_ message: Message) {
        shared.withLock { $0.outbox.append(message) }
        wake()
    }

    // MARK: On the thread

    private func write(_ plan: ExportPlan, replacing: Bool, _ id: Int) -> ExportNews {
        if !replacing, let found = plan.files.first(where: { access($0, F_OK) == 0 }) { return .exists(found) }
        defer { shared.withLock { $0.reader = nil } }
        do {
            let reader = try AuditReader(path: databasePath)
            try reader.limitCache(kibibytes: 2048)
            shared.withLock { $0.reader = reader }
            try goOn()
            let manifest = try file(plan, replacing).write(job(plan, reader), progress: progress(id))
            return .written(events: manifest.counts.events, bytes: manifest.files.reduce(0) { $0 + $1.bytes })
        } catch {
            return news(of: error)
        }
    }

    private func file(_ plan: ExportPlan, _ replacing: Bool) throws -> ReportFile {
        var file = ReportFile(path: plan.file, data: plan.data)
        file.signer = try plan.key.map { try ManifestSigner(keyFile: $0) }
        file.replaces = replacing
        return file
    }

    private func job(_ plan: ExportPlan, _ reader: AuditReader) -> ReportJob {
        let selection = FilterOptions.Selection(filter: plan.filter, since: plan.since, until: plan.until)
        let request = ReportRequest(
            format: plan.format,
            selection: selection,
            created: plan.created,
            host: HostName.current,
            isRaw: plan.isRaw,
            hidden: plan.hidden
        )
        return ReportJob(reader: reader, request: request)
    }

    private func progress(_ id: Int) -> ReportProgress {
        var lastTold: Int64 = 0
        return ReportProgress { part, events in
            try self.goOn()
            let uptime = Uptime.milliseconds()
            guard uptime - lastTold >= Self.tellInterval else { return }
            lastTold = uptime
            self.post(.export(.progress(part: part, events: events), id: id))
        }
    }

    /// Ends the export when it was told to stop.
    private func goOn() throws {
        if shared.withLock({ $0.isStopping }) { throw CancellationError() }
    }

    private func news(of error: any Error) -> ExportNews {
        if error is CancellationError || shared.withLock({ $0.isStopping }) { return .stopped }
        switch error {
        case let failure as Failure: return .failed("\(failure.what): \(failure.why)")
        case let error as StoreError: return .failed("\(error.message)")
        default: return .failed("\(String(describing: error))")
        }
    }
}
