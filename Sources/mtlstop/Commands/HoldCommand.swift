import ArgumentParser
import AuditStore
import CertCore
import SafeText

/// `mtlstop hold`: times whose events retention must keep.
struct HoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Keep the events of a time, whatever retention says.",
        discussion: """
            Holds are in DB-holds; a running collector heeds them before each removal.

            EXAMPLES:
              mtlstop hold add --since 2026-03-01 --until 2026-04-01 --reason "case 17"
              mtlstop hold list
              mtlstop hold remove 1
            """,
        subcommands: [HoldAddCommand.self, HoldListCommand.self, HoldRemoveCommand.self]
    )
}

/// `mtlstop hold add`.
struct HoldAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Begin a hold.",
        discussion: """
            EXAMPLES:
              mtlstop hold add --since 2026-03-01 --until 2026-04-01 --reason "case 17"
            """
    )

    @OptionGroup var place: PlaceOptions

    @Option(help: ArgumentHelp("The first moment: a date or time (UTC unless it says otherwise).", valueName: "time"))
    var since: String

    @Option(help: ArgumentHelp("The moment behind the last; without it the hold has no end.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("Who asked for it and why.", valueName: "text"))
    var reason: String

    func run() async throws {
        let first = try HoldTime.read(since, "--since")
        let end = try until.map { try HoldTime.read($0, "--until") }
        if let end, end <= first {
            throw Failure(.usage, what: "--until", why: "it is not after --since")
        }
        let file = HoldFile(database: place.places.database)
        let hold = try HoldFailure.wrap { () throws(StoreError) in
            try file.add(since: first, until: end, reason: reason, now: .now())
        }
        var output = StandardOutput()
        try output.line("hold \(hold.id)")
        try output.flush()
    }
}

/// `mtlstop hold list`.
struct HoldListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the holds.",
        discussion: """
            EXAMPLES:
              mtlstop hold list
            """
    )

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        let file = HoldFile(database: place.places.database)
        let holds = try HoldFailure.wrap { () throws(StoreError) in try file.holds() }
        var output = StandardOutput()
        let rows = holds.map { hold -> [SafeText] in
            [
                "\(hold.id)", SafeText(hold.since.rfc3339), SafeText(hold.until?.rfc3339 ?? "-"),
                SafeText(hold.reason),
            ]
        }
        let titles = ["ID", "SINCE", "UNTIL", "REASON"].map { TextTable.Column(title: SafeText($0)) }
        let table = TextTable(titles, rows: rows, width: nil)
        if !rows.isEmpty { try output.line(table.header) }
        for row in rows { try output.line(table.line(row)) }
        try output.flush()
    }
}

/// `mtlstop hold remove`.
struct HoldRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "End a hold.",
        discussion: """
            EXAMPLES:
              mtlstop hold remove 1
            """
    )

    @OptionGroup var place: PlaceOptions

    @Argument(help: "The number that hold list shows.")
    var id: Int64

    func run() async throws {
        let file = HoldFile(database: place.places.database)
        let isRemoved = try HoldFailure.wrap { () throws(StoreError) in try file.remove(id) }
        guard isRemoved else {
            throw Failure(.inputNotFound, what: "hold \(id)", why: "there is none", remedy: "see mtlstop hold list")
        }
    }
}

/// Reads the times of a hold.
private enum HoldTime {
    static func read(_ text: String, _ option: String) throws -> Timestamp {
        if let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") { return time }
        throw Failure(
            .usage,
            what: option,
            why: "\(text) is no time",
            remedy: "write 2026-03-01 or 2026-03-01T12:00:00Z"
        )
    }
}

/// Errors of the file of holds, for people.
private enum HoldFailure {
    static func wrap<Result>(_ body: () throws(StoreError) -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw Failure(reading: error)
        }
    }
}
