import Glibc

/// Unescaped bytes of a string, in the line or in the scanner's scratch memory.
struct JSONText {
    let pointer: UnsafePointer<UInt8>
    let count: Int

    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: pointer, count: count)
    }

    var string: String {
        String(decoding: bytes, as: UTF8.self)
    }

    func equals(_ other: JSONText) -> Bool {
        count == other.count && (count == 0 || memcmp(pointer, other.pointer, count) == 0)
    }

    func equals(_ word: StaticString) -> Bool {
        count == word.utf8CodeUnitCount && memcmp(pointer, word.utf8Start, count) == 0
    }

    /// The first eight bytes, or all when there are fewer, filled up with zeros.
    func word(at offset: Int, before limit: UnsafePointer<UInt8>) -> UInt64 {
        let left = count - offset
        let start = pointer + offset
        if limit - start >= 8 {
            let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
            return left >= 8 ? word : word & ((1 << (UInt64(left) * 8)) - 1)
        }
        var word: UInt64 = 0
        for index in 0..<min(left, 8) { word |= UInt64(start[index]) << (UInt64(index) * 8) }
        return word
    }
}
