import ArgumentParser
import AuditStore
import CertCore
import SafeText

/// `mtlstop expiring`: what will stop working when, by urgency and traffic.
struct ExpiringCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expiring",
        abstract: "List certificates that end soon, weighed by the traffic that depends on them.",
        discussion: """
            Expired certificates that are still tried come first, then imminent, critical, warning and notice. \
            Dormant certificates and those never accepted come last and never alarm.

            With --check one line of status is printed, as monitoring plugins do, and the exit code is 0 (ok), \
            1 (warning), 2 (critical) or 3 (could not find out).

            EXAMPLES:
              mtlstop expiring --within 14d
              mtlstop expiring --check
            """
    )

    /// How the list is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table
        case ndjson
    }

    @OptionGroup var place: PlaceOptions

    @Option(help: "How far ahead to look: 12h, 30d, 1y.")
    var within = "30d"

    @Flag(help: "One line of status and an exit code for monitoring.")
    var check = false

    @Option(help: "table (on a terminal) or ndjson.")
    var format: Format?

    func validate() throws {
        if TimeExpression.duration(within) == nil {
            throw ValidationError("--within takes a duration like 12h, 30d or 1y")
        }
    }

    func run() async throws {
        let now = try Clock(environment: .current()).now
        let length = TimeExpression.duration(within) ?? 0
        var output = StandardOutput()
        if check {
            let status = ExpiryStatus.find(now: now, length: length) {
                try place.places.reading { reader in try reader.expiring(within: length, now: now) }
            }
            try output.line(status.line)
            try output.flush()
            throw ExitCode(status.exitCode)
        }
        let list = try place.places.reading { reader in try reader.expiring(within: length, now: now) }
        try print(list, now: now, &output)
        try output.flush()
    }

    private func print(
        _ list: [ExpiringCertificate],
        now: Timestamp,
        _ output: inout StandardOutput
    ) throws {
        switch format ?? (StandardOutput.isTerminal ? .table : .ndjson) {
        case .table:
            let rows = list.map(ExpiryTable.cells)
            let table = TextTable(ExpiryTable.columns, rows: rows, width: OutputWidth.current())
            try output.line(table.header)
            for row in rows { try output.line(table.line(row)) }
        case .ndjson:
            var writer = JSONWriter(capacity: 1024)
            for entry in list {
                writer.removeAll(keepingCapacity: true)
                ExpiryTable.writeJSON(entry, to: &writer)
                writer.newline()
                try output.write(writer.bytes)
            }
        }
    }
}
