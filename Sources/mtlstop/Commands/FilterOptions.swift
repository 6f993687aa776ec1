import ArgumentParser
import AuditStore
import CertCore

/// The filter and the range of times that the commands over events share.
struct FilterOptions: ParsableArguments {
    @Argument(help: "Conditions like outcome:rej, cn:svc-*, ip:10.0.0.0/8; several are joined by and.")
    var filter: [String] = []

    @Option(help: "Not before this time: RFC 3339, a date, or a duration ago like 90m or 7d.")
    var since: String?

    @Option(help: "Before this time, written like --since.")
    var until: String?

    /// What was asked, understood.
    struct Selection: Sendable {
        var filter: AuditFilter
        var since: Timestamp?
        var until: Timestamp?
    }

    /// Reads the texts; times are relative to the clock.
    func selection(_ clock: Clock) throws -> Selection {
        let now = clock.now
        return Selection(
            filter: try Self.filter(filter, now: now),
            since: try Self.time(since, option: "--since", now: now),
            until: try Self.time(until, option: "--until", now: now)
        )
    }

    /// Several filter texts, all of which must let an event pass.
    static func filter(_ texts: [String], now: Timestamp) throws -> AuditFilter {
        try texts.reduce(AuditFilter.all) { filter, text in
            do throws(FilterError) {
                return filter.joined(with: try AuditFilter(parsing: text, now: now))
            } catch {
                throw Failure(
                    .usage,
                    what: "filter \"\(text)\"",
                    why: "column \(error.column): \(error.message)",
                    remedy: "mtlstop events --help shows examples"
                )
            }
        }
    }

    private static func time(_ text: String?, option: String, now: Timestamp) throws -> Timestamp? {
        guard let text else { return nil }
        if let time = TimeExpression.time(text, now: now) { return time }
        throw Failure(
            .usage,
            what: option,
            why: "\"\(text)\" is no time",
            remedy: "write 90m, 7d, 2026-11-23, 2026-11-23T13:00 or RFC 3339"
        )
    }
}
