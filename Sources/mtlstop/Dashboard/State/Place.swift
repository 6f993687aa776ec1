/// What lies open above a view's list; the last one is on the screen, Esc closes it.
enum Place: Hashable, Sendable {
    case event(Int64)
    case certificate(CertificateName)
    case why(Int64)
    case parties(RejectionGroupName)
    case partyEvents(RejectionGroupName, PartyName)
    case sql(SQLQuestion)
    case comparison(ComparisonName)
}

/// How a certificate is looked up and called in the crumb line.
struct CertificateName: Hashable, Sendable {
    /// Fingerprint in hex, or the row's id when only that is known.
    var lookup: String
    /// The common name or what stands for it; shown, so always escaped.
    var title: String
}
