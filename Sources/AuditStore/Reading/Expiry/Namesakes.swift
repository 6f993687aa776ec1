import CertCore
import GRDB

/// Certificates with the same subject and issuer as a candidate whose identity has no later one.
struct Namesakes {
    private struct Key: Hashable {
        var subject: String
        var issuer: String
    }

    /// How many of them, the latest ends first, are looked at for a shared name or key: a subject that everybody has
    /// tells nothing.
    private static let most = 16

    private let db: Database
    private var groups: [Key: [(member: Succession.Member, names: String?)]] = [:]

    /// Reads them for some candidates, in one pass over all certificates.
    init(_ db: Database, of candidates: [ExpiryCandidate]) throws {
        self.db = db
        let keys = Set(candidates.compactMap { Self.key($0.summary.subject, $0.summary.issuer) })
        if keys.isEmpty { return }
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, not_before, not_after, subject, issuer, san FROM cert
                WHERE subject IN (SELECT value FROM json_each(?)) AND not_after IS NOT NULL AND same_as IS NULL
                ORDER BY not_after DESC
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [Set(keys.map(\.subject)).jsonArray])
        while let row = try rows.next() {
            guard let key = Self.key(row[3], row[4]), keys.contains(key) else { continue }
            guard groups[key, default: []].count < Self.most else { continue }
            let member = Succession.Member(id: row[0], notBefore: row[1], notAfter: row[2])
            groups[key, default: []].append((member, row[5]))
        }
    }

    private static func key(_ subject: String?, _ issuer: String?) -> Key? {
        guard let subject, !subject.isEmpty, let issuer else { return nil }
        return Key(subject: subject, issuer: issuer)
    }

    /// Those that end later and share a name or the public key, the one with the latest end last.
    func later(than candidate: ExpiryCandidate) throws -> [Succession.Member] {
        guard let key = Self.key(candidate.summary.subject, candidate.summary.issuer) else { return [] }
        let others = (groups[key] ?? []).filter { $0.member.notAfter > candidate.notAfter.milliseconds }
        if others.isEmpty { return [] }
        let names = Set(candidate.summary.subjectAlternativeNames)
        let publicKey = try publicKey(of: candidate.id)
        return try others.reversed().filter { other in
            if !names.isDisjoint(with: EventAssembler.texts(other.names)) { return true }
            return try publicKey != nil && self.publicKey(of: other.member.id) == publicKey
        }.map(\.member)
    }

    private func publicKey(of id: Int64) throws -> Fingerprint? {
        let statement = try db.cachedStatement(sql: "SELECT der FROM cert WHERE id = ?")
        guard let der = try Row.fetchOne(statement, arguments: [id])?.bytes(0) else { return nil }
        return try? ClientCertificate(der: der).publicKeyDigest()
    }
}
