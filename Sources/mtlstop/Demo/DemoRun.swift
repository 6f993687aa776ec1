import AuditStore
import CertCore
import Logging

/// The demonstration at work: certificates, server, clients, reporters and, unless one runs already, a collector.
final class DemoRun: Sendable {
    /// What a run needs to know.
    struct Settings: Sendable {
        var databasePath: String
        var socketPath: String
        /// Calls a second.
        var rate: Double
        /// How long the clients call; nil until the run is stopped.
        var seconds: Double?
        var seed: UInt64
    }

    let settings: Settings
    let tally: DemoTally
    /// Whether the collector that stores the events belongs to this run.
    let ownsCollector: Bool
    /// Raised to end the run early.
    let stopSignal: StopSignal
    private let collector: RunningCollector?
    private let application: DemoApplication
    private let server: DemoServer
    private let driver: TrafficDriver
    private let clientCount: Int

    /// Starts everything; the first calls are under way when it returns.
    static func start(_ settings: Settings, stopSignal: StopSignal) throws -> DemoRun {
        let collector = try startCollector(settings)
        do {
            return try DemoRun(settings, stopSignal, collector)
        } catch {
            try? collector?.stop()
            throw error
        }
    }

    private static func startCollector(_ settings: Settings) throws -> RunningCollector? {
        if case .listening = SocketProbe.probe(settings.socketPath) { return nil }
        return try RunningCollector.start(
            CollectorConfiguration(databasePath: settings.databasePath, socketPath: settings.socketPath),
            logger: Logger(label: "mtlstop.demo", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    private init(_ settings: Settings, _ stopSignal: StopSignal, _ collector: RunningCollector?) throws {
        self.settings = settings
        self.stopSignal = stopSignal
        self.collector = collector
        ownsCollector = collector != nil
        let cast = try ClientCast()
        let application = DemoApplication(socketPath: settings.socketPath)
        let server = try DemoServer(context: .server(cast)) { application.answer($0) }
        let tally = DemoTally()
        clientCount = cast.clients.count
        self.application = application
        self.server = server
        self.tally = tally
        do {
            driver = try TrafficDriver(
                plan: TrafficPlan(cast.clients, seed: settings.seed),
                rate: settings.rate,
                seconds: settings.seconds,
                context: .client(cast),
                port: server.port
            ) { client, result in
                Self.judge(client, result, application, tally)
            }
        } catch {
            server.stop()
            throw error
        }
    }

    /// Whether every client has called; the traffic begins with that.
    var hasHeardEverybody: Bool { tally.calls + tally.failures.count >= clientCount }

    /// Ends the traffic, once; returns when all that happened is stored, or five seconds later.
    ///
    /// - Returns: Whether everything is stored.
    func stopTraffic() -> Bool {
        driver.stop()
        return application.flush(seconds: 5)
    }

    /// Ends server, reporters and collector.
    func stop() throws {
        server.stop()
        application.close()
        try collector?.stop()
    }

    /// Events of this run that are on disk.
    var storedEvents: UInt64 { application.acknowledged }

    /// Compares what came of a call with what its client was made for.
    private static func judge(
        _ client: DemoClient,
        _ result: Result<CallResult, any Error>,
        _ application: DemoApplication,
        _ tally: DemoTally
    ) {
        switch result {
        case .failure(let error):
            tally.addFailure("\(client.name): \(error)")
        case .success(let call):
            guard let decision = application.takeDecision(about: call.from) else {
                return tally.addFailure("\(client.name): the server does not know of the call")
            }
            tally.add(client.kind, decision)
            if !client.verdict.agrees(with: decision) {
                tally.addFailure("\(client.name): \(decision.grounds ?? "accepted"), against expectation")
            }
        }
    }
}

extension Verdict {
    /// Whether a decision is the one the client was made for.
    func agrees(with decision: DemoDecision) -> Bool {
        switch self {
        case .accepted: decision.isAccepted && decision.code == nil && decision.status == 200
        case .untrusted(let code): !decision.isAccepted && decision.code?.rawValue == code
        case .denied(let reason): decision.reason == reason && decision.code == nil
        }
    }
}
