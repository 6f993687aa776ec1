import AuditStore
import CertCore
import SafeText

/// Says in people's words why an event was rejected.
enum RejectionWords {
    /// The words for a row: short, and with the figure that matters.
    static func why(_ row: EventRow) -> SafeText {
        guard let rejectionClass = row.rejectionClass else { return row.reason.map { SafeText($0) } ?? "rejected" }
        switch rejectionClass {
        case .expired: return expired(row)
        case .notYetValid: return notYetValid(row)
        case .policy: return policy(row.reason)
        case .header: return "header missing/bad"
        case .verifyHeader: return "proxy says not verified"
        case .other, .handshake: return row.reason.map { SafeText($0) } ?? SafeText(rejectionClass.title)
        default: return SafeText(rejectionClass.title)
        }
    }

    /// How long the certificate had been expired when it was presented; one that was valid stands under an expired one.
    private static func expired(_ row: EventRow) -> SafeText {
        guard let end = row.certificate?.notAfter else { return "certificate expired" }
        guard end <= row.time else { return "an issuer expired" }
        return "expired \(TimeWriter.span(row.time - end)) ago"
    }

    private static func notYetValid(_ row: EventRow) -> SafeText {
        guard let start = row.certificate?.notBefore, start > row.time else { return "certificate not yet valid" }
        return "valid only in \(TimeWriter.span(start - row.time))"
    }

    /// The reasons that stand for "the callback said no"; any other text was thrown by the application and is shown.
    private static let plainDenials: Set<String> = ["callback_returned_false"]

    private static func policy(_ reason: String?) -> SafeText {
        guard let reason, !plainDenials.contains(reason) else { return "denied by policy" }
        return SafeText(reason)
    }
}
