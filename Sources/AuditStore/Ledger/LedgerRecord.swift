import CertCore

/// The canonical bytes of one record, which its leaf hash is made of (docs/evidence.md has the tables).
///
/// Integers are big-endian; a text is its length in four bytes and its UTF-8 bytes, 0xFFFFFFFF stands for an absent
/// one. A record is the same bytes on every machine and in every release. The buffer is reused between records.
struct LedgerRecord {
    /// What a record is about: its first byte.
    enum Kind: UInt8, Sendable {
        case badLine = 0x42
        case certificate = 0x43
        case event = 0x45
        case issuer = 0x49
        case loss = 0x4C
        case name = 0x4E
        case prune = 0x50
        case entry = 0x52
        case sameCertificate = 0x53
        case producer = 0x55
        case verdict = 0x56
        case context = 0x58
    }

    // The first byte is the prefix of RFC 9162 leaf hashes, so that hashing a leaf copies nothing. What lies behind
    // `length` is left from longer records.
    private var buffer = ContiguousArray<UInt8>(repeating: 0, count: 512)
    private var length = 1

    /// Begins a record, over whatever was in the buffer.
    @inline(__always)
    mutating func begin(_ kind: Kind) {
        buffer[1] = kind.rawValue
        length = 2
    }

    /// Writes a whole record at once, whose parts take no more than `size` bytes.
    @inline(__always)
    mutating func compose(_ kind: Kind, atMost size: Int, _ body: (inout RecordWriter) -> Void) {
        begin(kind)
        append(atMost: size, body)
    }

    @inline(__always)
    private mutating func append(atMost size: Int, _ body: (inout RecordWriter) -> Void) {
        if length + size > buffer.count { grow(to: length + size) }
        let start = length
        length = buffer.withUnsafeMutableBytes { memory in
            var writer = RecordWriter(memory, from: start)
            body(&writer)
            return writer.length
        }
    }

    private mutating func grow(to size: Int) {
        buffer.append(contentsOf: repeatElement(0, count: max(size, 2 * buffer.count) - buffer.count))
    }

    /// Appends one byte.
    mutating func append(_ byte: UInt8) {
        append(atMost: 1) { $0.put(byte) }
    }

    /// Appends an integer, its highest byte first.
    mutating func append<Number: FixedWidthInteger>(_ value: Number) {
        append(atMost: MemoryLayout<Number>.size) { $0.put(value) }
    }

    /// Appends an integer and whether there is one.
    mutating func append(optional value: Int64?) {
        append(UInt8(value == nil ? 0 : 1))
        if let value { append(value) }
    }

    /// Appends a text, or that there is none.
    mutating func append(text: UnsafeRawBufferPointer?) {
        append(atMost: 4 + (text?.count ?? 0)) { $0.put(text: text) }
    }

    /// Appends a text, or that there is none.
    mutating func append(text: String?) {
        guard var text else {
            append(UInt32.max)
            return
        }
        text.withUTF8 { append(text: UnsafeRawBufferPointer($0)) }
    }

    /// Appends bytes with their length as a text has it, or that there are none.
    mutating func append(blob: [UInt8]?) {
        guard let blob else {
            append(UInt32.max)
            return
        }
        blob.withUnsafeBytes { append(text: $0) }
    }

    /// Appends bytes whose number the record's reader knows.
    mutating func append(raw bytes: UnsafeRawBufferPointer) {
        append(atMost: bytes.count) { $0.put(raw: bytes) }
    }

    /// Appends a digest.
    mutating func append(_ digest: SHA256Digest) {
        append(atMost: SHA256Digest.size) { $0.put(digest) }
    }

    /// The leaf hash of the record: SHA-256 of a zero byte and the record (RFC 9162, section 2.1.1).
    @inline(__always)
    var leaf: SHA256Digest {
        buffer.withUnsafeBytes { SHA256Digest(of: UnsafeRawBufferPointer(rebasing: $0[..<length])) }
    }

    /// The digest by which other records refer to this one: SHA-256 of the record alone.
    var digest: SHA256Digest {
        buffer.withUnsafeBytes { SHA256Digest(of: UnsafeRawBufferPointer(rebasing: $0[1..<length])) }
    }

    /// A copy of the record's bytes.
    var bytes: [UInt8] { Array(buffer[1..<length]) }
}
