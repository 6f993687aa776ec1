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
            Dormant certificates and those never accepted come last and never alarm. CA certificates from stored \
            chains are listed six times as early, with the traffic of what they signed.

            With --check one line of status is printed, as monitoring plugins do, and the exit code is 0 (ok), \
            1 (warning), 2 (critical) or 3 (could not find out). --warning and --critical set when these two levels \
            begin; else 14 days and a fifth of the lifetime, 7 days and a tenth of it, whichever is less.

            --ics and --metrics write files (- is standard output) and print nothing else unless asked to.

            EXAMPLES:
              mtlstop expiring --within 14d
              mtlstop expiring --check --warning 21d --critical 10d
              mtlstop expiring --forecast
              mtlstop expiring --within 90d --ics renewals.ics
              mtlstop expiring --metrics /var/lib/prometheus/node-exporter/mtlstop.prom
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

    @Option(help: "How long before its end a certificate is a warning: 21d.")
    var warning: String?

    @Option(help: "How long before its end it is critical: 10d.")
    var critical: String?

    @Flag(help: "How much of the traffic stops when, if nothing is renewed.")
    var forecast = false

    @Option(help: ArgumentHelp("Write a calendar of the ends (iCalendar, RFC 5545).", valueName: "file"))
    var ics: String?

    @Option(help: ArgumentHelp("Write metrics in Prometheus' text format.", valueName: "file"))
    var metrics: String?

    @Option(help: "table (on a terminal) or ndjson.")
    var format: Format?

    func validate() throws {
        for (option, text) in [("within", within), ("warning", warning), ("critical", critical)] {
            guard let text, TimeExpression.duration(text) == nil else { continue }
            throw ValidationError("--\(option) takes a duration like 12h, 30d or 1y")
        }
        if let warning = thresholds.warning, let critical = thresholds.critical, critical > warning {
            throw ValidationError("--critical must not begin before --warning")
        }
        if check && forecast { throw ValidationError("--check and --forecast are two questions: ask one at a time") }
    }

    func run() async throws {
        let now = try Clock(environment: .current()).now
        if check {
            let status = ExpiryStatus.find { try ask(now: now) }
            try print { try $0.line(status.line) }
            throw ExitCode(status.exitCode)
        }
        let list = try ask(now: now)
        if forecast { try printForecast(now: now) }
        let isAsked = !forecast && (format != nil || ics == nil && metrics == nil)
        if isAsked { try print { try ExpiryPrinter(list, now: now).print(isTable: isTable, to: &$0) } }
    }

    private var thresholds: ExpiryThresholds {
        ExpiryThresholds(
            warning: warning.flatMap { TimeExpression.duration($0) },
            critical: critical.flatMap { TimeExpression.duration($0) }
        )
    }

    /// How far to look: at least as far as what was asked to be told of.
    private var length: Int64 {
        [TimeExpression.duration(within), thresholds.warning, thresholds.critical].compactMap { $0 }.max() ?? 0
    }

    private var isTable: Bool { (format ?? (StandardOutput.isTerminal ? .table : .ndjson)) == .table }

    /// Asks for the list and writes the files that were asked for.
    private func ask(now: Timestamp) throws -> [ExpiringCertificate] {
        let (list, forecast) = try place.places.reading { reader in
            let list = try reader.expiring(
                within: length,
                now: now,
                thresholds: thresholds,
                addressBudget: ExpiryPrinter.addressBudget
            )
            return (list, metrics == nil ? nil : try reader.expiryForecast(now: now))
        }
        if let ics { try write(ExpiryCalendar.text(list, now: now), to: ics) }
        if let metrics, let forecast { try write(ExpiryMetrics.text(list, forecast, now: now), to: metrics) }
        return list
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" { return try print { try $0.write(bytes) } }
        // Another user's program reads it: a calendar, an exporter.
        try FileDraft.write(bytes, to: path, mode: 0o644)
    }

    private func printForecast(now: Timestamp) throws {
        let forecast = try place.places.reading { reader in try reader.expiryForecast(now: now) }
        try print { output in
            guard isTable else {
                var writer = JSONWriter(capacity: 4096)
                ForecastTable.writeJSON(forecast, to: &writer)
                writer.newline()
                return try output.write(writer.bytes)
            }
            let rows = ForecastTable.rows(forecast)
            let table = TextTable(ForecastTable.columns, rows: rows, width: OutputWidth.current())
            for line in [table.header] + rows.map(table.line) + ForecastTable.notes(forecast) { try output.line(line) }
        }
    }

    private func print(_ body: (inout StandardOutput) throws -> Void) throws {
        var output = StandardOutput()
        try body(&output)
        try output.flush()
    }
}
