/// A certificate revocation list as bytes that are known to be one.
public struct RevocationList: Hashable, Sendable {
    /// The largest list that is read, in bytes.
    public static let maximumSize = 64 * 1024 * 1024

    /// The encoded list.
    public let der: [UInt8]

    /// Takes a list in DER; throws when the bytes are none or others follow.
    public init(der: [UInt8]) throws(CertificateError) {
        guard der.count <= Self.maximumSize else {
            throw CertificateError(.tooLarge, "the revocation list is too long")
        }
        guard RevocationListReader.isList(der) else {
            throw CertificateError(.malformed, "the bytes are no revocation list in DER")
        }
        self.der = der
    }

    /// Takes the lists of a PEM text of `X509 CRL` blocks.
    public static func lists(pem: String) throws(CertificateError) -> [RevocationList] {
        var result: [RevocationList] = []
        for der in try PEMText.blocks("X509 CRL", in: Array(pem.utf8), maximumLength: maximumSize * 4 / 3) {
            result.append(try RevocationList(der: der))
        }
        return result
    }
}
