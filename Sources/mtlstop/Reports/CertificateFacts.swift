import AuditStore
import CertCore

/// What the stored certificates say beyond their events' rows; each is parsed once.
struct CertificateFacts {
    /// The facts of one certificate; nil and empty when the certificate itself is not stored.
    struct Facts: Sendable {
        var key: String?
        var signatureAlgorithm: String?
        var extendedKeyUsage: [String] = []
    }

    /// How many certificates are remembered: a few hundred bytes each.
    private static let mostRemembered = 50_000

    private let reader: AuditReader
    private var known: [Int64: Facts] = [:]

    init(_ reader: AuditReader) {
        self.reader = reader
    }

    /// The facts of a certificate.
    mutating func facts(of id: Int64) throws -> Facts {
        if let facts = known[id] { return facts }
        if known.count >= Self.mostRemembered { known.removeAll() }
        let facts = try reader.certificateDER(id: id).map(Self.parsed) ?? Facts()
        known[id] = facts
        return facts
    }

    private static func parsed(_ der: [UInt8]) -> Facts {
        guard let certificate = try? ClientCertificate(der: der) else { return Facts() }
        guard let details = try? certificate.details() else {
            return Facts(extendedKeyUsage: certificate.extendedKeyUsage)
        }
        let key = details.publicKey
        let size = key.curve ?? key.bits.map { String($0) }
        return Facts(
            key: [key.algorithm, size].compactMap { $0 }.joined(separator: " "),
            signatureAlgorithm: details.signatureAlgorithm,
            extendedKeyUsage: certificate.extendedKeyUsage
        )
    }
}
