import ArgumentParser
import SafeText

/// `mtlstop doctor`: what is wrong on this machine, and how to mend it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check sockets, permissions, limits, database, settings, libraries and terminal.",
        discussion: """
            Each line is ok, a warning or a problem with its mend; the exit code is 1 when one is a problem.

            EXAMPLE:
              mtlstop doctor --db /var/lib/mtlstop/audit.db
            """
    )

    @OptionGroup var place: PlaceOptions

    @Option(help: ArgumentHelp("The socket for syslog datagrams, if the collector has one.", valueName: "path"))
    var syslogSocket: String?

    @Option(help: ArgumentHelp("The folder of collect.json.", valueName: "folder"))
    var config: String?

    @Option(help: "table for people (the default on a terminal), ndjson for programs.")
    var format: PageFormat?

    func run() throws {
        let checkup = Checkup(
            places: Places.settle(database: place.database, socket: place.socket, syslogSocket: syslogSocket),
            clock: try Clock(environment: .current()),
            terminal: .current(),
            configurationFolder: ConfigurationFolder.settle(flag: config)
        )
        let findings = checkup.findings()
        var output = StandardOutput()
        switch PageFormat.settled(format) {
        case .table:
            for line in findings.flatMap(\.lines) { try output.line(line) }
        case .ndjson:
            var writer = JSONWriter()
            for finding in findings {
                finding.writeJSON(to: &writer)
                writer.newline()
            }
            try output.write(writer.bytes)
        }
        try output.flush()
        if findings.contains(where: { $0.level == .problem }) { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
