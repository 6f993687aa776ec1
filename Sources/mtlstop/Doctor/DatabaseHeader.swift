/// The numbers by which a SQLite file says whose it is, read from its first 100 bytes (SQLite file format, 1.3).
struct DatabaseHeader: Equatable, Sendable {
    let applicationID: Int64
    let schemaVersion: Int64

    /// Nil when the bytes do not begin as a SQLite 3 database.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else { return nil }
        schemaVersion = Self.number(bytes, at: 60)
        applicationID = Self.number(bytes, at: 68)
    }

    private static func number(_ bytes: [UInt8], at offset: Int) -> Int64 {
        bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int64($1) }
    }
}
