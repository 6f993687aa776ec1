import Dispatch
import Logging
import ServiceLifecycle

/// The daemon: collects until a graceful shutdown, then drains.
struct CollectorService: Service {
    private let configuration: CollectorConfiguration
    private let logger: Logger
    private let notifier: ServiceNotifier
    private let metricsPath: String?

    /// A service that has not started.
    ///
    /// - Parameter metricsPath: the file that holds the collector's metrics while it runs; nil for none.
    init(configuration: CollectorConfiguration, logger: Logger, metricsPath: String? = nil) {
        self.configuration = configuration
        self.logger = logger
        self.metricsPath = metricsPath
        self.notifier = ServiceNotifier()
    }

    /// The process that listens on a socket; nil when none does, 0 when it cannot be seen from here.
    static func listener(at socketPath: String) -> Int32? {
        guard let address = SocketAddress(path: socketPath) else { return nil }
        guard case .live(let pid) = CollectorProbe.look(at: address) else { return nil }
        return pid ?? 0
    }

    /// Collects; returns when a shutdown was asked for and all is committed.
    func run() async throws {
        let collector = try await Self.onThread { try RunningCollector.start(configuration, logger: logger) }
        logger.notice("collecting", metadata: ["socket": "\(configuration.socketPath)"])
        notifier.ready()
        let metrics = metricsPath.map { path in
            MetricsFile(path: path, databasePath: configuration.databasePath, logger: logger) { collector.counters }
        }
        let writing = metrics.map { metrics in Task { await metrics.write(every: MetricsFile.interval) } }
        // A cancelled task ends the wait as well: the collector is stopped in any case.
        try? await gracefulShutdown()
        notifier.stopping()
        writing?.cancel()
        await writing?.value
        try await Self.onThread { try collector.stop() }
        try await Self.onThread { metrics?.writeOnce() }
        logger.notice("stopped; all that was read is durable")
    }

    /// Blocking work stays away from the cooperative threads.
    static func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }
}
