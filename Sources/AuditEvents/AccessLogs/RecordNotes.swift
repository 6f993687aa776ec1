/// Memory for texts that are made while a record is mapped (a decoded name, a serial in hexadecimal).
///
/// Its size is fixed: 256 KiB hold twice the longest line's worth of what is derived from it; a text that does not fit
/// is left out.
final class RecordNotes {
    private static let size = 512 << 10
    private let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    private var used = 0

    deinit {
        memory.deallocate()
    }

    /// Makes all room free.
    func clear() {
        used = 0
    }

    /// Keeps at most `limit` bytes that `fill` writes; it gives how many there are, or nil to keep nothing.
    func keep(
        atMost limit: Int,
        _ fill: (UnsafeMutablePointer<UInt8>) -> Int?
    ) -> UnsafeRawBufferPointer? {
        guard limit >= 0, used + limit <= Self.size, let count = fill(memory + used) else { return nil }
        defer { used += count }
        return UnsafeRawBufferPointer(start: memory + used, count: count)
    }

    /// Keeps a text.
    func keep(_ text: String) -> UnsafeRawBufferPointer? {
        var text = text
        return text.withUTF8 { bytes in
            keep(atMost: bytes.count) { target in
                if let start = bytes.baseAddress { target.update(from: start, count: bytes.count) }
                return bytes.count
            }
        }
    }
}
