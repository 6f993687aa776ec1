import CertCore

/// Writes the fixed-width parts of a segment's body.
struct BodyWriter {
    private(set) var bytes: [UInt8]

    init(magic: [UInt8]) {
        bytes = magic
    }

    mutating func append(_ value: Int64) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ digest: SHA256Digest) {
        digest.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
}

/// Reads the fixed-width parts of a segment's body; whatever the bytes are, it never reads beyond them.
struct BodyReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Goes past these bytes; false when others are there.
    mutating func skip(_ magic: [UInt8]) -> Bool {
        guard rest.starts(with: magic) else { return false }
        rest = rest.dropFirst(magic.count)
        return true
    }

    mutating func integer() -> Int64? {
        guard rest.count >= 8 else { return nil }
        let value = rest.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(8)
        return Int64(bitPattern: value)
    }

    /// An id, which is never negative.
    mutating func identifier() -> Int64? {
        integer().flatMap { $0 >= 0 ? $0 : nil }
    }

    /// A number of ids that follow one without leaving the range of ids.
    mutating func count(after first: Int64) -> Int64? {
        identifier().flatMap { first.addingReportingOverflow($0).overflow ? nil : $0 }
    }

    /// So many bytes.
    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func digest() -> SHA256Digest? {
        guard rest.count >= SHA256Digest.size else { return nil }
        let digest = SHA256Digest(bytes: rest.prefix(SHA256Digest.size))
        rest = rest.dropFirst(SHA256Digest.size)
        return digest
    }
}
