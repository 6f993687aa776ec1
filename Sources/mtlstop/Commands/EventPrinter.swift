import AuditStore
import SafeText

/// Prints pages of events in one format.
struct EventPrinter {
    private let format: OutputFormat
    private var output = StandardOutput()
    private var csv: EventCSV
    private let lookup: CertificateLookup
    private let width = OutputWidth.current()
    private var table: TextTable?
    private var writer = JSONWriter(capacity: 1024)
    private var hasHeader = false

    init(_ format: OutputFormat, _ reader: AuditReader) {
        self.format = format
        csv = EventCSV()
        lookup = { try reader.certificateDER(id: $0) }
    }

    /// Prints rows; the first page settles a table's columns.
    mutating func print(_ rows: [EventRow]) throws {
        switch format {
        case .table: try printTable(rows)
        case .csv: try printCSV(rows)
        case .ndjson:
            for row in rows {
                writer.removeAll(keepingCapacity: true)
                row.writeJSON(to: &writer)
                writer.newline()
                try output.write(writer.bytes)
            }
        }
    }

    /// Lets the reader see what was printed so far.
    mutating func flush() throws {
        try output.flush()
    }

    /// Ends the output; a table or CSV without rows has its header all the same.
    mutating func finish() throws {
        if !hasHeader, format != .ndjson { try print([]) }
        try output.flush()
    }

    private mutating func printTable(_ rows: [EventRow]) throws {
        let layout = EventTable(width: width)
        let cells = rows.map(layout.cells)
        let table = self.table ?? TextTable(layout.columns, rows: cells, width: width)
        if !hasHeader { try output.line(table.header) }
        hasHeader = true
        self.table = rows.isEmpty ? nil : table
        for row in cells { try output.line(table.line(row)) }
    }

    private mutating func printCSV(_ rows: [EventRow]) throws {
        if !hasHeader { csv.header() }
        hasHeader = true
        for row in rows { try csv.add(row, lookup) }
        try output.write(csv.bytes)
        csv.clear()
    }
}
