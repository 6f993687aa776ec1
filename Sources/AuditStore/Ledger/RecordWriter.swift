import CertCore

/// Writes the parts of a record into memory that has room for them, one after the other.
///
/// Valid within the closure that got it; writing beyond the memory ends the process.
struct RecordWriter {
    private let memory: UnsafeMutableRawBufferPointer
    /// Where the next part goes.
    private(set) var length: Int

    /// Goes on at an offset.
    @inline(__always)
    init(_ memory: UnsafeMutableRawBufferPointer, from length: Int) {
        self.memory = memory
        self.length = length
    }

    /// An integer, its highest byte first.
    @inline(__always)
    mutating func put<Number: FixedWidthInteger>(_ value: Number) {
        let size = MemoryLayout<Number>.size
        precondition(length + size <= memory.count)
        memory.storeBytes(of: value.bigEndian, toByteOffset: length, as: Number.self)
        length += size
    }

    /// Bytes whose number the record's reader knows.
    @inline(__always)
    mutating func put(raw bytes: UnsafeRawBufferPointer) {
        precondition(length + bytes.count <= memory.count)
        if let source = bytes.baseAddress, let target = memory.baseAddress {
            (target + length).copyMemory(from: source, byteCount: bytes.count)
        }
        length += bytes.count
    }

    /// A text with its length before it, or that there is none.
    @inline(__always)
    mutating func put(text: UnsafeRawBufferPointer?) {
        guard let text else { return put(UInt32.max) }
        put(UInt32(truncatingIfNeeded: text.count))
        put(raw: text)
    }

    /// A digest.
    @inline(__always)
    mutating func put(_ digest: SHA256Digest) {
        digest.withUnsafeBytes { put(raw: $0) }
    }
}
