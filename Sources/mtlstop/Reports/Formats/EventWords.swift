import AuditEvents
import AuditStore
import CertCore
import SafeText

/// What formats for other programs say about an event in the same words.
extension EventRow {
    /// What the rejection means; nil when the client was let in.
    var explanation: Explanation? {
        guard outcome == .rejected else { return nil }
        return Explanation.of(rejectionClass ?? .other, code: code, reason: reason)
    }

    /// True when the client was let in.
    var isAccepted: Bool { outcome == .authenticated }

    /// The verify code's name, else the reported reason; nil when the client was let in and nothing was said.
    var statusCode: String? { code.map { "X509_V_ERR_" + $0.name } ?? reason }

    /// One sentence.
    var sentence: String {
        let name = certificate?.identityName ?? "a client without a certificate"
        return isAccepted ? "Accepted \(name)" : "Rejected \(name): \(explanation?.title ?? "unknown")"
    }

    /// How grave a rejection is; 0 when there was none.
    var gravity: Gravity {
        guard !isAccepted else { return .none }
        switch rejectionClass {
        case .expired, .notYetValid: return .low
        case .revoked, .badSignature: return .high
        default: return .medium
        }
    }

    /// How grave an event is, for the scales of the formats.
    enum Gravity: Int, Sendable {
        case none, low, medium, high
    }
}

extension CertificateSummary {
    /// The name access is granted to: SPIFFE id, common name, e-mail address, subject, or the fingerprint.
    var identityName: String? {
        if let id = subjectAlternativeNames.first(where: { $0.hasPrefix("URI:spiffe://") }) {
            return String(id.dropFirst(4))
        }
        if let commonName, !commonName.isEmpty { return commonName }
        if let address = subjectAlternativeNames.first(where: { $0.hasPrefix("email:") }) {
            return String(address.dropFirst(6))
        }
        return displayName
    }

    /// The alternative names without their types.
    var bareNames: [String] {
        subjectAlternativeNames.map { name in
            name.firstIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
        }
    }

    /// True when subject and issuer are the same; nil when one is not known.
    var isSelfIssued: Bool? {
        guard let subject, let issuer else { return nil }
        return subject == issuer
    }
}

extension String {
    /// At most so many characters of the visible form.
    func shown(atMost limit: Int) -> String {
        String(SafeText(self).string.prefix(limit))
    }
}
