/// What a certificate's key may be used for (RFC 5280 section 4.2.1.3).
public struct KeyUsage: OptionSet, Hashable, Sendable {
    /// Bit n of the extension is bit n here.
    public let rawValue: Int

    /// Takes the bits.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    init(bits: [Int]) {
        self.init(rawValue: bits.reduce(0) { $0 | 1 << $1 })
    }

    /// Signing handshakes and data.
    public static let digitalSignature = KeyUsage(rawValue: 1 << 0)
    /// Agreeing on keys.
    public static let keyAgreement = KeyUsage(rawValue: 1 << 4)
    /// Signing certificates.
    public static let keyCertSign = KeyUsage(rawValue: 1 << 5)
    /// Signing revocation lists.
    public static let crlSign = KeyUsage(rawValue: 1 << 6)

    private static let bitNames = [
        "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
        "cRLSign", "encipherOnly", "decipherOnly",
    ]

    /// The names of the standard, in its order.
    public var names: [String] {
        Self.bitNames.enumerated().filter { rawValue & 1 << $0.offset != 0 }.map(\.element)
    }
}
