import AuditStore
import CertCore

/// A row of the reason histogram, and what it is called.
struct RejectionGroupName: Hashable, Sendable {
    var key: RejectionTrait
    var title: String
}

/// Who was rejected: a certificate, an address, or both.
struct PartyName: Hashable, Sendable {
    var fingerprint: String?
    var ip: String?
    var title: String

    init(_ party: RejectedParty) {
        fingerprint = party.certificate.flatMap(\.lookup)
        ip = party.ip
        title = party.certificate.map(\.shownName) ?? party.ip ?? "(no certificate)"
    }
}

extension CertificateSummary {
    /// What finds this certificate in the database: its fingerprint in hex, else nothing.
    var lookup: String? { sha256?.hex ?? sha1?.hex }

    /// The name people know it by.
    var shownName: String { displayName ?? serial.map { "serial " + $0 } ?? "(no name)" }

    /// The issuer's name, or a dash.
    var shownIssuer: String { issuerName ?? issuer ?? "-" }

    /// The first eight digits of the fingerprint, as `9f3a:17c2`; a dash without one.
    var shortFingerprint: String {
        guard let digits = lookup, digits.count >= 8 else { return "-" }
        let head = digits.prefix(8)
        return "\(head.prefix(4)):\(head.suffix(4))"
    }

    /// The lookup and title that open the certificate's page.
    var name: CertificateName { CertificateName(lookup: lookup ?? String(id), title: shownName) }
}
