import CertCore

extension SampleTraffic {
    /// The statement that makes the table the narrow rows fit into.
    public static let importTable = """
        CREATE TABLE narrow(id INTEGER PRIMARY KEY, ts INTEGER, outcome INTEGER, cert INTEGER, ip INTEGER, \
        path INTEGER, verdict INTEGER, context INTEGER);
        """

    /// Every event as a row of eight integers in CSV, as the store keeps it: what `sqlite3 .import` is measured with.
    ///
    /// The array is reused between calls and holds the newline.
    public func narrowRows(_ body: (borrowing [UInt8]) throws -> Void) rethrows {
        var generator = SampleGenerator(seed: seed)
        var row: [UInt8] = []
        for index in 0..<events {
            row.removeAll(keepingCapacity: true)
            let time = start.milliseconds + Int64(Double(span) * Double(index) / Double(max(1, events)))
            let outcome = generator.fraction() < rejectedShare ? 1 : 0
            let columns = [
                Int64(index + 1), time, Int64(outcome), Int64(generator.index(below: certificates)),
                Int64(generator.index(below: 4096)), Int64(generator.index(below: 4096)), Int64(1 + outcome),
                Int64(generator.index(below: 16)),
            ]
            for (position, column) in columns.enumerated() {
                if position > 0 { row.append(UInt8(ascii: ",")) }
                row.append(contentsOf: String(column).utf8)
            }
            row.append(UInt8(ascii: "\n"))
            try body(row)
        }
    }
}
