import ArgumentParser

/// `mtlstop demo`: real handshakes on this machine, shown live.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Real mutual-TLS handshakes on this machine, good and bad, shown live.",
        discussion: """
            Makes certificates in memory, starts a TLS server on 127.0.0.1, lets clients of every kind call it, and \
            reports what the server decides through the usual way: hooks, socket, collector, database, dashboard. \
            Everything is kept in a private folder and removed at the end unless --db or --socket say otherwise.

            Without a terminal it prints one batch screen and a summary after five seconds.

            EXAMPLES:
              mtlstop demo
              mtlstop demo --headless --duration 10s --db /tmp/demo.db
            """
    )

    @OptionGroup var place: PlaceOptions

    @Option(help: ArgumentHelp("Calls a second.", valueName: "n"))
    var rate = 8.0

    @Option(help: ArgumentHelp("How long the clients call: 30s, 5m, 1h.", valueName: "time"))
    var duration: DemoDuration?

    @Flag(help: "No dashboard: a line a second on stderr, and the summary at the end.")
    var headless = false

    @Option(help: ArgumentHelp("Makes the order of the calls repeatable.", valueName: "n"))
    var seed: UInt64?

    func validate() throws {
        guard rate > 0, rate <= 1000 else { throw ValidationError("--rate takes a number above 0, up to 1000") }
    }

    func run() async throws {
        let command = self
        let status = try await DedicatedThread.run { try command.show() }
        throw ExitCode(status)
    }

    private func show() throws -> Int32 {
        let isKept = place.database != nil
        let needsFolder = place.database == nil || place.socket == nil
        if let socket = place.socket, !isKept, case .listening = SocketProbe.probe(socket) {
            throw Failure(
                .usage,
                what: "--socket \(socket)",
                why: "a collector listens there already, and its database is not known",
                remedy: "name it with --db"
            )
        }
        let folder = needsFolder ? try PrivateFolder() : nil
        defer { folder?.remove() }
        let settings = DemoRun.Settings(
            databasePath: place.database ?? (folder?.path ?? "") + "/audit.db",
            socketPath: place.socket ?? (folder?.path ?? "") + "/ingest.sock",
            rate: rate,
            seconds: duration?.seconds,
            seed: seed ?? .random(in: 0...UInt64.max)
        )
        return try show(settings, isTemporary: !isKept)
    }

    private func show(_ settings: DemoRun.Settings, isTemporary: Bool) throws -> Int32 {
        do {
            let run = try DemoRun.start(settings, stopSignal: try StopSignal())
            let show = DemoShow(run: run, isTemporary: isTemporary)
            if headless { return try show.headless() }
            return StandardOutput.isTerminal ? try show.dashboard() : try show.batch()
        } catch let failure as TLSFailure {
            throw Failure(.failed, what: failure.step, why: failure.cause)
        }
    }
}

extension DemoDuration: ExpressibleByArgument {}
