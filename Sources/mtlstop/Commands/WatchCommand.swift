import ArgumentParser
import AuditStore
import CertCore
import Glibc
import Logging
import SafeText
import Terminal

/// `mtlstop watch`, and `mtlstop` alone: the dashboard.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "The dashboard: authentications as they happen, rejections explained, certificates and their end.",
        discussion: """
            Starts a collector inside itself when none listens on the socket. Without a terminal on stdout it prints \
            one screen and ends, as --once does; COLUMNS and LINES give its size.

            EXAMPLES:
              mtlstop watch
              mtlstop watch --view rejections --since 24h
              mtlstop watch --once --filter 'outcome:rej and ip:10.0.0.0/8'
            """
    )

    @OptionGroup var place: PlaceOptions

    @Flag(help: "Never start a collector; only read.")
    var readOnly = false

    @Flag(help: "Print one screen as text and end.")
    var once = false

    @Flag(help: "Lines only, without cursor movement; ends on q or at the end of the input.")
    var accessible = false

    @Option(
        help: ArgumentHelp(
            "The view to begin with: live, rejections, certs, expiring, sources, changes.",
            valueName: "name"
        )
    )
    var view: ViewName?

    @Option(
        help: ArgumentHelp("Show only what matches, in the filter language of `mtlstop events`.", valueName: "text")
    )
    var filter: String?

    @Option(help: ArgumentHelp("Not before: an RFC 3339 time, or a duration ago such as 24h.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Colours: auto, always, never.", valueName: "when"))
    var color: ColorMode = .auto

    @Flag(help: "Do not go on where the last session ended.")
    var fresh = false

    @Option(help: ArgumentHelp("The folder with dashboard.conf.", valueName: "path"))
    var config: String?

    @Option(help: ArgumentHelp("Theme: default, dark, light, high-contrast, mono.", valueName: "name"))
    var theme: ThemeName?

    func run() async throws {
        let places = place.places
        let file = try DashboardFile.read(folder: ConfigurationFolder.settle(flag: config))
        let clock = try Clock(environment: .current())
        var configuration = DashboardConfiguration(
            databasePath: places.database,
            socketPath: places.socket,
            collector: .absent,
            view: view ?? .live,
            filter: filter ?? "",
            since: try since.map { try SinceText.parse($0, now: clock.now) },
            clock: clock,
            color: color,
            theme: theme,
            file: file
        )
        if once || (!accessible && !StandardOutput.isTerminal) {
            try printOnce(configuration)
            return
        }
        if !accessible { goOn(&configuration) }
        let collector = try startCollector(&configuration)
        let settled = configuration
        let isAccessible = accessible
        let result: Result<Int32, any Error>
        do {
            result = .success(try await DedicatedThread.run { try Self.show(settled, isAccessible: isAccessible) })
        } catch {
            result = .failure(error)
        }
        try collector?.stop()
        let status = try result.get()
        if status == DashboardProgram.startsDemo { throw Self.becomeDemo() }
        throw ExitCode(status)
    }

    /// Goes on where the last session with this database ended; what the command line says comes first.
    private func goOn(_ configuration: inout DashboardConfiguration) {
        configuration.sessionFile = SessionFile()
        guard !fresh, let file = configuration.sessionFile else { return }
        switch file.read(database: configuration.databasePath, now: configuration.clock.now) {
        case .nothing: break
        case .unusable(let reason): configuration.sessionProblem = reason
        case .session(let session):
            configuration.session = session
            configuration.view = view ?? session.view
            configuration.filter = filter ?? session.filter
        }
    }

    /// Replaces this process by the demo; returns only what went wrong.
    private static func becomeDemo() -> Failure {
        let names = ["mtlstop", "demo"]
        var words: [UnsafeMutablePointer<CChar>?] = names.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        execv("/proc/self/exe", words)
        return Failure(.failed, what: "demo", why: String(cString: strerror(errno)), remedy: "start mtlstop demo")
    }

    private static func show(_ configuration: DashboardConfiguration, isAccessible: Bool) throws -> Int32 {
        if isAccessible {
            var program = try AccessibleProgram(configuration)
            return try program.run()
        }
        return try DashboardSession.run(configuration)
    }

    private func printOnce(_ configuration: DashboardConfiguration) throws {
        var configuration = configuration
        if let found = CollectorWatch.find(configuration.socketPath) {
            configuration.collector = .outside(pid: found.pid)
        }
        if access(configuration.databasePath, F_OK) != 0, readOnly || once { throw missingDatabase(configuration) }
        let glyphs: GlyphSet = TextEncoding.isUTF8() ? .unicode : .ascii
        let text = try BatchScreen.render(configuration, size: BatchScreen.size(), glyphs: glyphs)
        var output = StandardOutput()
        try output.write(text.utf8)
        try output.flush()
    }

    /// Starts a collector unless one listens already or none is wanted.
    private func startCollector(_ configuration: inout DashboardConfiguration) throws -> RunningCollector? {
        if let found = CollectorWatch.find(configuration.socketPath) {
            configuration.collector = .outside(pid: found.pid)
        } else if !readOnly {
            let collector = try RunningCollector.start(
                CollectorConfiguration(databasePath: configuration.databasePath, socketPath: configuration.socketPath),
                logger: Logger(label: "mtlstop.watch", factory: { _ in SwiftLogNoOpLogHandler() })
            )
            configuration.collector = .inside
            return collector
        }
        if readOnly, access(configuration.databasePath, F_OK) != 0 { throw missingDatabase(configuration) }
        return nil
    }

    private func missingDatabase(_ configuration: DashboardConfiguration) -> Failure {
        Failure(
            .inputNotFound,
            what: configuration.databasePath,
            why: "there is no database",
            remedy: "start mtlstop collect, or give --db"
        )
    }
}

extension ViewName: ExpressibleByArgument {}
extension ColorMode: ExpressibleByArgument {}
extension ThemeName: ExpressibleByArgument {}
