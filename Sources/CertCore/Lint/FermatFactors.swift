/// Fermat's method: an RSA modulus whose primes lie close together is the difference of two squares that are soon found.
enum FermatFactors {
    /// The longest modulus that is tried, in bits.
    private static let longest = 16_384

    /// The remainders that squares leave when divided by 256.
    private static let squareRemainders = Set((0..<256).map { UInt8(truncatingIfNeeded: $0 * $0) })

    /// Whether the factors are found within so many rounds; random primes never are.
    static func areFound(modulus: String, rounds: Int = 100) -> Bool {
        guard let modulus = BigNumber(hexadecimal: modulus), modulus.isOdd, modulus.bits <= longest,
            modulus.bits > 16
        else { return false }
        return search(modulus, rounds) ?? false
    }

    private static func search(_ modulus: BigNumber, _ rounds: Int) -> Bool? {
        guard var half = modulus.squareRoot(), let square = half.squared() else { return nil }
        if square == modulus { return true }
        // From here on `half` is the mean of the factors that are tried, `rest` the square of half their difference.
        guard let first = half.plus(1) else { return nil }
        half = first
        guard var rest = half.squared()?.minus(modulus) else { return nil }
        for _ in 0..<rounds {
            if squareRemainders.contains(rest.lowestByte), let root = rest.squareRoot(), let square = root.squared(),
                square == rest
            {
                return true
            }
            guard let twice = half.plus(half)?.plus(1), let next = rest.plus(twice), let mean = half.plus(1)
            else { return nil }
            rest = next
            half = mean
        }
        return false
    }
}
