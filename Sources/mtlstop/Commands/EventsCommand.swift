import ArgumentParser
import AuditStore
import CertCore
import SafeText

/// `mtlstop events`: stored authentications.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Print authentications, newest first.",
        discussion: """
            A filter joins conditions with and, or, not and parentheses:
              outcome:rej reason:expired class:unknown_issuer cn:svc-* subject:Corp issuer:corp-int san:*.prod
              fp:9f3a serial:0A1B ip:10.4.0.0/16 method:POST path:/v1/ service:billing source:envoy
              expires:<30d since:1h until:2026-11-23 is:new
            A word alone is searched in subject, path, address and reason.

            EXAMPLES:
              mtlstop events outcome:rej --since 1h
              mtlstop events 'ip:10.4.0.0/16 and not path:/healthz' --format csv
              mtlstop events --follow --format ndjson
            """
    )

    @OptionGroup var selection: FilterOptions

    @OptionGroup var place: PlaceOptions

    @Option(help: "The most events; 100 for a table, all for ndjson and csv.")
    var limit: Int?

    @Flag(help: "Oldest first.")
    var reverse = false

    @Flag(help: "Go on with new events as they are stored.")
    var follow = false

    @Option(help: "table (on a terminal), ndjson or csv.")
    var format: OutputFormat?

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit is a number from 0 up") }
    }

    func run() async throws {
        let clock = try Clock(environment: .current())
        let asked = try selection.selection(clock)
        let format = OutputFormat.settled(format)
        var query = EventQuery(filter: asked.filter, since: asked.since, until: asked.until)
        query.limit = limit ?? (format == .table ? 100 : .max)
        query.order = reverse ? .oldestFirst : .newestFirst
        try place.places.reading { reader in
            var printer = EventPrinter(format, reader)
            if follow {
                try EventFollower(reader: reader, query: query).run(&printer)
            } else if query.limit > 0 {
                try reader.eachPage(query) { page, _ in
                    try printer.print(page.rows)
                    return true
                }
            }
            try printer.finish()
        }
    }
}
