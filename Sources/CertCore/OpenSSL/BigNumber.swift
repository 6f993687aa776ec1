import COpenSSL

/// The owner of one `BIGNUM` of libcrypto; never negative.
final class BigNumber {
    private let number: OpaquePointer

    private init?(_ number: OpaquePointer?) {
        guard let number else { return nil }
        self.number = number
    }

    /// Reads hexadecimal digits.
    convenience init?(hexadecimal digits: String) {
        var number: OpaquePointer?
        guard BN_hex2bn(&number, digits) > 0 else {
            BN_free(number)
            return nil
        }
        self.init(number)
    }

    deinit { BN_free(number) }

    /// The length in bits.
    var bits: Int { Int(BN_num_bits(number)) }

    /// Whether the lowest bit is set.
    var isOdd: Bool { BN_is_odd(number) == 1 }

    /// The lowest eight bits.
    var lowestByte: UInt8 { UInt8(truncatingIfNeeded: BN_mod_word(number, 256)) }

    /// Whether the numbers are equal.
    static func == (left: BigNumber, right: BigNumber) -> Bool { BN_cmp(left.number, right.number) == 0 }

    /// Whether the left number is the smaller one.
    static func < (left: BigNumber, right: BigNumber) -> Bool { BN_cmp(left.number, right.number) < 0 }

    /// The sum; nil without memory.
    func plus(_ other: BigNumber) -> BigNumber? { made { BN_add($0, number, other.number) } }

    /// The sum with a small number.
    func plus(_ word: UInt) -> BigNumber? { made { BN_copy($0, number) != nil ? BN_add_word($0, word) : 0 } }

    /// The difference; nil when the other number is larger.
    func minus(_ other: BigNumber) -> BigNumber? { self < other ? nil : made { BN_sub($0, number, other.number) } }

    /// The square.
    func squared() -> BigNumber? { calculated { BN_sqr($0, number, $1) } }

    /// The largest number whose square is not larger, by Newton's method from above.
    func squareRoot() -> BigNumber? {
        guard var root = made({ BN_set_bit($0, Int32((bits + 1) / 2)) }) else { return nil }
        // The number of right digits doubles each time: far fewer steps than bits.
        for _ in 0..<(bits + 8) {
            guard let quotient = calculated({ BN_div($0, nil, number, root.number, $1) }),
                let sum = root.plus(quotient), let next = sum.made({ BN_rshift1($0, sum.number) })
            else { return nil }
            if !(next < root) { return root }
            root = next
        }
        return root
    }

    private func made(_ body: (OpaquePointer) -> Int32) -> BigNumber? {
        guard let number = BN_new() else { return nil }
        let result = BigNumber(number)
        return body(number) == 1 ? result : nil
    }

    private func calculated(_ body: (OpaquePointer, OpaquePointer) -> Int32) -> BigNumber? {
        guard let context = BN_CTX_new() else { return nil }
        defer { BN_CTX_free(context) }
        return made { body($0, context) }
    }
}
