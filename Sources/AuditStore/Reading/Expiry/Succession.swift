import CertCore
import GRDB
import SafeText

/// The certificates that came before and after others of the same identity.
///
/// The identity is the one of ``CertificateIdentity``. A renewal may change it (a DNS name is added): a later
/// certificate with the same subject and issuer counts as well when it shares a name or the public key.
struct Succession {
    /// One certificate of a line.
    struct Member: Hashable {
        var id: Int64
        var notBefore: Int64?
        var notAfter: Int64
    }

    /// After how many renewals a habit is known.
    static let leastRenewals = 3
    /// How much later than usual a renewal may come, as a part of the lifetime, before it is overdue.
    static let grace = 0.05

    private var lines: [String: [Member]] = [:]
    private var namesakes: Namesakes

    /// Reads the lines of some candidates.
    init(_ db: Database, of candidates: [ExpiryCandidate]) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT identity_key, id, not_before, not_after FROM cert
                WHERE identity_key IN (SELECT value FROM json_each(?)) AND not_after IS NOT NULL AND same_as IS NULL
                ORDER BY identity_key, not_after, id
                """
        )
        let keys = Set(candidates.compactMap(\.identityKey)).jsonArray
        let rows = try Row.fetchCursor(statement, arguments: [keys])
        while let row = try rows.next() {
            lines[row[0], default: []].append(Member(id: row[1], notBefore: row[2], notAfter: row[3]))
        }
        let lines = lines
        namesakes = try Namesakes(
            db,
            of: candidates.filter { candidate in
                let last = candidate.identityKey.flatMap { lines[$0]?.last?.notAfter }
                return last.map { $0 <= candidate.notAfter.milliseconds } ?? true
            }
        )
    }

    /// Certificates of the same identity that end later, the one with the latest end last.
    func later(than candidate: ExpiryCandidate) throws -> [Member] {
        let end = candidate.notAfter.milliseconds
        let successors = (candidate.identityKey.flatMap { lines[$0] } ?? []).filter { $0.notAfter > end }
        return try successors.isEmpty ? namesakes.later(than: candidate) : successors
    }

    /// The usual moment of renewal as a part of the lifetime; nil until it is known.
    ///
    /// - Parameter isUsed: whether a certificate was ever accepted; others say nothing about habits.
    func usualRenewal(of candidate: ExpiryCandidate, isUsed: (Int64) -> Bool) -> Double? {
        let line = (candidate.identityKey.flatMap { lines[$0] } ?? []).filter { isUsed($0.id) }
        let starts = line.compactMap { member in member.notBefore.map { (start: $0, end: member.notAfter) } }
            .sorted { $0.start < $1.start }
        let shares = zip(starts, starts.dropFirst()).compactMap { old, new -> Double? in
            guard new.start > old.start, old.end > old.start else { return nil }
            return min(1, Double(new.start - old.start) / Double(old.end - old.start))
        }
        return shares.count < Self.leastRenewals ? nil : shares.sorted()[shares.count / 2]
    }
}
