/// Names and figures in two columns.
struct ResultTable {
    private var rows: [(name: String, figure: String)] = []

    /// Adds a row, and shows it at once for those who wait.
    mutating func add(_ name: String, _ figure: String) {
        rows.append((name, figure))
        print("… \(name): \(figure)")
    }

    /// Adds a rate.
    mutating func addRate(_ name: String, _ count: Int, _ elapsed: Duration) {
        let rate = grouped(Double(count) / elapsed.seconds)
        add(name, "\(rate) a second (\(rounded(elapsed.seconds, 2)) s)")
    }

    /// The table as Markdown.
    var text: String {
        let width = rows.map(\.name.count).max() ?? 0
        let lines = rows.map { row in
            "| \(row.name)\(String(repeating: " ", count: width - row.name.count)) | \(row.figure) |"
        }
        let head = "| what\(String(repeating: " ", count: max(0, width - 4))) | figure |"
        return ([head, "|\(String(repeating: "-", count: width + 2))|---|"] + lines).joined(separator: "\n")
    }
}
