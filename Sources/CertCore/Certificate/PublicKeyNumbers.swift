/// What a public key consists of, as far as Node's certificate object shows it.
enum PublicKeyNumbers {
    /// An RSA key.
    struct RSA {
        /// Upper-case hexadecimal digits without leading zeros.
        let modulus: String
        /// The modulus's length in bits.
        let bits: Int
        /// The public exponent; all ones when it has more than 64 bits.
        let exponent: UInt64
    }

    /// An elliptic-curve key.
    struct EllipticCurve {
        /// The length of the group's order in bits.
        let bits: Int
        /// The encoded public point.
        let point: [UInt8]
        /// libcrypto's short name, as in `prime256v1`; nil for a curve without a name.
        let curve: String?
        /// NIST's name, as in `P-256`.
        let nistCurve: String?
    }
}
