import AuditStore
import CertCore
import SafeText

/// Prints the list of certificates that end soon.
struct ExpiryPrinter {
    /// How many events of the window are looked at for addresses: about a second.
    static let addressBudget: Int64 = 5_000_000

    private let list: [ExpiringCertificate]
    private let now: Timestamp

    init(_ list: [ExpiringCertificate], now: Timestamp) {
        self.list = list
        self.now = now
    }

    /// A table for people, or one JSON object a line.
    func print(isTable: Bool, to output: inout StandardOutput) throws {
        if isTable {
            try printTable(to: &output)
        } else {
            try printLines(to: &output)
        }
    }

    private func printTable(to output: inout StandardOutput) throws {
        let rows = list.map(ExpiryTable.cells)
        let table = TextTable(ExpiryTable.columns, rows: rows, width: OutputWidth.current())
        try output.line(table.header)
        for (entry, row) in zip(list, rows) where entry.counts { try output.line(table.line(row)) }
        let others = zip(list, rows).filter { !$0.0.counts }
        if others.isEmpty { return }
        try output.line("")
        try output.line("Retired, ended unused, or never accepted; these never alarm:")
        for (_, row) in others { try output.line(table.line(row)) }
    }

    private func printLines(to output: inout StandardOutput) throws {
        var writer = JSONWriter(capacity: 1024)
        for entry in list {
            writer.removeAll(keepingCapacity: true)
            ExpiryTable.writeJSON(entry, to: &writer)
            writer.newline()
            try output.write(writer.bytes)
        }
    }
}
