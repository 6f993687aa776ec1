public import CertCore
import GRDB

extension AuditReader {
    /// What other certificates say about one, whether it is stored or not.
    ///
    /// Looks at the newest 200,000 certificates.
    public func kin(of certificate: ClientCertificate) throws(StoreError) -> CertificateKin {
        try read { snapshot in
            var kin = CertificateKin()
            let search = KinSearch(db: snapshot.db, certificate: certificate)
            kin.sameSerial = try search.sameSerial()
            for other in try search.sameKey() {
                if other.subject != certificate.subject {
                    kin.sameKeySubjects.append(other.subject.rfc2253)
                } else if other.issuer == certificate.issuer, other.notBefore < certificate.notBefore {
                    kin.earlierWithSameKey.append(other.sha256)
                }
            }
            kin.issuer = try search.issuer()
            return kin
        }
    }
}

/// Searches certificates that have something in common with one.
private struct KinSearch {
    /// How many of the newest certificates are looked at, so that a flood of them does not make the answer wait.
    static let newest = 200_000
    /// How many are named.
    static let most = 16

    let db: Database
    let certificate: ClientCertificate

    func sameSerial() throws -> [Fingerprint] {
        try others(
            "serial = ? AND issuer = ?",
            [certificate.serialNumber, certificate.issuer.rfc2253]
        ).map(\.sha256)
    }

    /// A key's encoding stands in the certificate as it is, so that none has to be parsed to find it.
    func sameKey() throws -> [ClientCertificate] {
        let key = certificate.publicKeyInfo
        guard !key.isEmpty else { return [] }
        return try others("instr(der, x'\(key.hexadecimal)') > 0", []).filter { $0.publicKeyInfo == key }
    }

    func issuer() throws -> ClientCertificate? {
        let wanted = (try? certificate.details())?.authorityKeyIdentifier
        return try others("subject = ?", [certificate.issuer.rfc2253]).first { other in
            guard other.isCertificateAuthority else { return false }
            guard let wanted, let own = (try? other.details())?.subjectKeyIdentifier else { return true }
            return wanted == own
        }
    }

    private func others(
        _ condition: String,
        _ arguments: [any DatabaseValueConvertible]
    ) throws -> [ClientCertificate] {
        let sql = """
            SELECT der FROM (SELECT serial, issuer, subject, der FROM cert WHERE der IS NOT NULL AND same_as IS NULL
            ORDER BY id DESC LIMIT \(Self.newest)) WHERE \(condition) LIMIT \(Self.most + 1)
            """
        let rows = try Row.fetchAll(db, sql: sql, arguments: StatementArguments(arguments))
        let found = rows.compactMap { row in row.bytes(0).flatMap { try? ClientCertificate(der: $0) } }
        return Array(found.filter { $0 != certificate }.prefix(Self.most))
    }
}

extension [UInt8] {
    /// Hexadecimal digits, for a literal of SQL.
    fileprivate var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
