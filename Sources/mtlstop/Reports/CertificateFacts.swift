import AuditStore
import CertCore

/// What the stored certificates say beyond their events' rows; each is parsed once.
struct CertificateFacts {
    /// The facts of one certificate; nil and empty when the certificate itself is not stored.
    struct Facts: Sendable {
        var version: Int?
        var keyAlgorithm: String?
        var keyBits: Int?
        var keyCurve: String?
        var keyExponent: UInt64?
        var signatureAlgorithm: String?
        var extendedKeyUsage: [String] = []

        /// The key in a word or two: `EC prime256v1`, `RSA 2048`.
        var key: String? {
            guard let keyAlgorithm else { return nil }
            return [keyAlgorithm, keyCurve ?? keyBits.map { String($0) }].compactMap { $0 }.joined(separator: " ")
        }
    }

    /// How many certificates are remembered, a few hundred bytes each: what is written of them is kept elsewhere.
    private static let mostRemembered = 2000

    private var known: [Int64: Facts] = [:]

    /// The facts of a certificate; `lookup` is asked once for each.
    mutating func facts(of id: Int64, _ lookup: CertificateLookup) throws -> Facts {
        if let facts = known[id] { return facts }
        if known.count >= Self.mostRemembered { known.removeAll() }
        let facts = try lookup(id).map(Self.parsed) ?? Facts()
        known[id] = facts
        return facts
    }

    private static func parsed(_ der: [UInt8]) -> Facts {
        guard let certificate = try? ClientCertificate(der: der) else { return Facts() }
        guard let details = try? certificate.details() else {
            return Facts(version: certificate.version, extendedKeyUsage: certificate.extendedKeyUsage)
        }
        return Facts(
            version: details.version,
            keyAlgorithm: details.publicKey.algorithm,
            keyBits: details.publicKey.bits,
            keyCurve: details.publicKey.curve,
            keyExponent: details.publicKey.exponent,
            signatureAlgorithm: details.signatureAlgorithm,
            extendedKeyUsage: certificate.extendedKeyUsage
        )
    }
}
