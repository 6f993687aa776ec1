import CertCore

/// By what an event's record names its certificate: fixed when the certificate's row is made, whatever is learned later.
struct CertificateReference: Hashable, Sendable {
    /// What the bytes are.
    enum Kind: UInt8, Sendable {
        /// The event has no certificate.
        case none = 0
        /// SHA-256 of the DER, 32 bytes.
        case sha256 = 1
        /// A SHA-1 that a reporter claimed, 20 bytes; the DER may have come later.
        case claimedSHA1 = 2
        /// SHA-256 of the names that a reporter claimed, 32 bytes.
        case claimedNames = 3
    }

    /// What an event without a certificate has.
    static let none = CertificateReference(kind: .none, padded: .zero)

    /// The SQL of the identity that a `cert` row had when it was made: a row that was known by a claimed SHA-1 has
    /// another one since its DER came.
    static let identityColumn = """
        CASE WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE subject = cert.id AND kind = 2 AND detail = 1)
        THEN cert.sha1 ELSE cert.identity END
        """

    let kind: Kind
    // Twelve zero bytes follow a SHA-1.
    private let padded: SHA256Digest

    private init(kind: Kind, padded: SHA256Digest) {
        self.kind = kind
        self.padded = padded
    }

    /// The reference of a row with this identity (`cert.identity`); of none when the bytes are no identity.
    init(identity: [UInt8]) {
        let (kind, bytes): (Kind, ArraySlice<UInt8>) =
            switch identity.count {
            case 20: (.claimedSHA1, identity[...])
            case 32: (.sha256, identity[...])
            case 33: (.claimedNames, identity.dropFirst())
            default: (.none, [])
            }
        let zeros = [UInt8](repeating: 0, count: SHA256Digest.size - bytes.count)
        self.init(kind: kind, padded: SHA256Digest(bytes: bytes + zeros) ?? .zero)
    }

    /// Lends the bytes of the reference: 0, 20 or 32.
    @inline(__always)
    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        padded.withUnsafeBytes { bytes in
            let count =
                switch kind {
                case .none: 0
                case .claimedSHA1: 20
                case .sha256, .claimedNames: 32
                }
            return body(UnsafeRawBufferPointer(rebasing: bytes.prefix(count)))
        }
    }
}
