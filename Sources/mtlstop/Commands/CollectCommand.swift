import ArgumentParser
import AuditStore
import CertCore
import Glibc
import Logging
import SafeText
import ServiceLifecycle
import UnixSignals

/// `mtlstop collect`: the daemon.
struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Collect events from the intake socket into the database.",
        discussion: """
            Logs go to stderr, READY=1 to systemd. SIGTERM and SIGINT drain what was sent, commit and exit 0. SIGHUP \
            reads collect.json of the --config folder again (who may write, limits, retention, followed files); flags \
            win over it.

            Beside the intake socket it takes syslog datagrams (--syslog-socket) and follows access logs (--follow); \
            sockets of the service manager (LISTEN_FDS) go before both paths.

            EXAMPLES:
              mtlstop collect
              mtlstop collect --syslog-socket /run/mtlstop/syslog.sock \\
                --follow /var/log/caddy/mtls.json
              mtlstop collect --db /srv/audit.db --mode 0660 --allow-gid 33
              mtlstop collect --retain 400d --checkpoint-command 'logger -t mtlstop'
            """
    )

    @OptionGroup var place: PlaceOptions

    @Option(help: ArgumentHelp("A datagram socket for syslog messages of proxies.", valueName: "path"))
    var syslogSocket: String?

    @Option(help: ArgumentHelp("A log file of a proxy to read, and on as it grows (repeatable).", valueName: "file"))
    var follow: [String] = []

    @Option(help: ArgumentHelp("The permission bits of the sockets, in octal.", valueName: "bits"))
    var mode: SocketMode = SocketMode(bits: 0o660)

    @Option(help: ArgumentHelp("Only this user may write (repeatable; others are told not_allowed).", valueName: "uid"))
    var allowUid: [UInt32] = []

    @Option(help: ArgumentHelp("Only members of this group may write (repeatable).", valueName: "gid"))
    var allowGid: [UInt32] = []

    @Option(
        help: ArgumentHelp(
            "So many lines a second and user; what is beyond is not stored, but counted in a loss row.",
            valueName: "n"
        )
    )
    var rateLimit: Int?

    @Option(
        help: ArgumentHelp(
            "Trusted certificates, to find out why a certificate was rejected (repeatable).",
            valueName: "file"
        )
    )
    var ca: [String] = []

    @Option(
        help: ArgumentHelp("Revocation lists, signed by these or by CAs below them (repeatable).", valueName: "file")
    )
    var crl: [String] = []

    @Option(help: ArgumentHelp("The folder of collect.json.", valueName: "folder"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Keep the collector's metrics in this file, in Prometheus' text format, anew every 15 seconds.",
            valueName: "file"
        )
    )
    var metrics: String?

    @OptionGroup var evidence: EvidenceOptions

    func validate() throws {
        if let rateLimit, rateLimit < 1 || rateLimit > 1_000_000_000 {
            throw ValidationError("--rate-limit is a number of lines a second, at least 1")
        }
    }

    func run() async throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        // A terminal that goes away does not end a daemon.
        signal(SIGHUP, SIG_IGN)
        // A file that may not grow is an error that SQLite reports, as a full disk is.
        signal(SIGXFSZ, SIG_IGN)
        let logger = Logger(label: "mtlstop")
        let load = settingsLoader
        let control = IntakeControl(try load())
        let trust = try trustBasis()
        var configuration = CollectorConfiguration(
            databasePath: place.places.database,
            socketPath: place.places.socket,
            mode: mode.bits,
            control: control,
            connectionLimit: DescriptorLimit.raise(wanted: 10_240),
            trust: trust
        )
        configuration.syslogPath = Places.settle(syslogSocket: syslogSocket).syslogSocket
        configuration.activation = try SocketActivation.take()
        configuration.evidence = evidence.configuration
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    CollectorService(configuration: configuration, logger: logger, metricsPath: metrics),
                    ReloadService(control: control, logger: logger, load: load),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Self.quiet(logger)
            )
        )
        try await group.run()
    }

    /// The files of --ca and --crl, read again when they change.
    private func trustBasis() throws -> Reloading<TrustBasis>? {
        guard !ca.isEmpty || !crl.isEmpty else { return nil }
        let (anchors, lists) = (ca, crl)
        do {
            return try Reloading { files in
                try TrustBasis(anchorFiles: anchors, revocationFiles: lists, reading: &files)
            }
        } catch let problem as FileProblem {
            throw Failure(problem, remedy: "--ca takes certificates, --crl revocation lists, in PEM or DER")
        }
    }

    /// Flags, else the file.
    private var settingsLoader: @Sendable () throws -> IntakeSettings {
        let (users, groups, rateLimit) = (Set(allowUid), Set(allowGid), rateLimit)
        let followed = follow
        let folder = ConfigurationFolder.settle(flag: config)
        return {
            let file = try CollectFile(folder: folder)
            let isFlagged = !users.isEmpty || !groups.isEmpty
            let access = isFlagged ? IntakeAccess(users: users, groups: groups) : file.access
            return IntakeSettings(
                access: access,
                rateLimit: rateLimit ?? file.rateLimit,
                retention: file.retention,
                followed: try FollowedPaths.settle(followed.isEmpty ? file.followed : followed)
            )
        }
    }

    /// The group's own notes on starting and stopping repeat what the collector says.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = .critical
        return logger
    }
}

/// Permission bits as people write them: octal.
struct SocketMode: ExpressibleByArgument, Equatable {
    let bits: mode_t

    init(bits: mode_t) {
        self.bits = bits
    }

    init?(argument: String) {
        guard let bits = mode_t(argument, radix: 8), bits <= 0o777 else { return nil }
        self.bits = bits
    }

    var defaultValueDescription: String { "0" + String(bits, radix: 8) }
}
