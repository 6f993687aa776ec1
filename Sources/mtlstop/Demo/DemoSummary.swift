import SafeText

/// What the demonstration prints at its end: counts by kind, and that everything was stored.
struct DemoSummary {
    let rows: [ClientKind: DemoTally.Row]
    let failures: (count: Int, first: [String])
    /// Events of this run that are on disk.
    let storedEvents: UInt64
    let databasePath: String
    /// The database is removed when the program ends.
    let isTemporary: Bool

    private static let columns = [28, 7, 10, 10]

    /// The lines, without newlines; every name in them is escaped.
    var lines: [SafeText] {
        let head = row("KIND", "CALLS", "ACCEPTED", "REJECTED", "WHY")
        return [head] + ClientKind.allCases.compactMap(kindLine) + totals + failureLines
    }

    private func kindLine(_ kind: ClientKind) -> SafeText? {
        guard let counts = rows[kind] else { return nil }
        let why = counts.rejected.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key).joined(separator: ", ")
        return row(kind.rawValue, "\(counts.calls)", "\(counts.accepted)", "\(counts.calls - counts.accepted)", why)
    }

    private var totals: [SafeText] {
        let calls = rows.values.reduce(0) { $0 + $1.calls }
        let accepted = rows.values.reduce(0) { $0 + $1.accepted }
        let fate = isTemporary ? " (removed at the end; --db PATH keeps it)" : ""
        return [
            row("total", "\(calls)", "\(accepted)", "\(calls - accepted)", ""),
            SafeText("events stored: \(storedEvents) of \(calls)"),
            SafeText("database: \(databasePath)\(fate)"),
        ]
    }

    private var failureLines: [SafeText] {
        if failures.count == 0 { return [] }
        return [SafeText("calls that went wrong: \(failures.count)")] + failures.first.map { SafeText("  " + $0) }
    }

    private func row(_ kind: String, _ calls: String, _ accepted: String, _ rejected: String, _ why: String) -> SafeText
    {
        let numbers = zip([calls, accepted, rejected], Self.columns.dropFirst()).map { text, width in
            SafeText(text).padded(to: width, .right)
        }
        let start = numbers.reduce(SafeText(kind).padded(to: Self.columns[0])) { $0 + $1 }
        return why.isEmpty ? start : start + "  " + SafeText(why)
    }
}
