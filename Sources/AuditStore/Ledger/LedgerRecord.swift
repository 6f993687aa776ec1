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

    // The first byte is the prefix of RFC 9162 leaf hashes, so that hashing a leaf copies nothing.
    private var buffer: ContiguousArray<UInt8> = [0]

    /// Begins a record, over whatever was in the buffer.
    @inline(__always)
    mutating func begin(_ kind: Kind) {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(0)
        buffer.append(kind.rawValue)
    }

    /// Appends one byte.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        buffer.append(byte)
    }

    /// Appends an integer, its highest byte first.
    @inline(__always)
    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
    }

    /// Appends an integer and whether there is one.
    mutating func append(optional value: Int64?) {
        append(UInt8(value == nil ? 0 : 1))
        if let value { append(value) }
    }

    /// Appends a text, or that there is none.
    @inline(__always)
    mutating func append(text: UnsafeRawBufferPointer?) {
        guard let text else {
            append(UInt32.max)
            return
        }
        append(UInt32(truncatingIfNeeded: text.count))
        buffer.append(contentsOf: text)
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
    @inline(__always)
    mutating func append(raw bytes: UnsafeRawBufferPointer) {
        buffer.append(contentsOf: bytes)
    }

    /// Appends a digest.
    @inline(__always)
    mutating func append(_ digest: SHA256Digest) {
        digest.withUnsafeBytes { buffer.append(contentsOf: $0) }
    }

    /// The leaf hash of the record: SHA-256 of a zero byte and the record (RFC 9162, section 2.1.1).
    @inline(__always)
    var leaf: SHA256Digest {
        buffer.withUnsafeBytes { SHA256Digest(of: $0) }
    }

    /// The digest by which other records refer to this one: SHA-256 of the record alone.
    var digest: SHA256Digest {
        buffer.withUnsafeBytes { SHA256Digest(of: UnsafeRawBufferPointer(rebasing: $0.dropFirst())) }
    }

    /// A copy of the record's bytes.
    var bytes: [UInt8] { Array(buffer.dropFirst()) }
}
