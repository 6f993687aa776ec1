/// A fast hash of bytes under a key that is drawn when the process starts.
///
/// Eight bytes at a time are folded by a multiplication of 64 by 64 bits. It is no digest: whoever uses it compares the
/// bytes too. The key keeps clients from choosing values that meet in one place.
enum KeyedHash {
    private static let key: (UInt64, UInt64) = (.random(in: 1 ... .max), .random(in: 1 ... .max))

    static func value(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        let key = Self.key
        var state = key.0 ^ UInt64(bytes.count)
        var position = 0
        while position + 8 <= bytes.count {
            state = fold(state ^ bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self), key.1)
            position += 8
        }
        var rest: UInt64 = 0
        while position < bytes.count {
            rest = rest << 8 | UInt64(bytes[position])
            position += 1
        }
        return fold(fold(state ^ rest, key.1), key.0 | 1)
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
