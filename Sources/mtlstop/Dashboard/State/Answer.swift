import AuditStore
import CertCore
import SafeText

/// What the database said to a question.
enum Answer: Sendable {
    case live(EventWindow)
    case newer(NewerCount)
    case totals(TrafficTotals)
    case rejections(RejectionHistogram)
    case parties([RejectedParty])
    case partyEvents(EventWindow)
    case certificates([CertificateUsage])
    case certificate(CertificateDossier?)
    case event(EventRow?)
    case surroundings(EventSurroundings?)
    case expiring([ExpiringCertificate])
    case expiringSoon(Int)
    case reporters([ReporterRow])
    case changes(ChangeReport)
    case exportTotal(Int64)
    case exportPreview([SafeText])
    case found(FoundEvent)
    case news(NewsSince)
    case sql(SQLOutcome)
    case comparison(Comparison)
    case status(StoreStatus)
}

/// A run of the stream, newest first, and whether it touches the ends.
struct EventWindow: Sendable {
    var rows: [EventRow]
    var reachedNewest: Bool
    var reachedOldest: Bool
    /// True when the search stopped before the end without having found enough rows.
    var isPartial = false
    /// The event that a jump goes to; nil where there is none, and without a jump.
    var target: Int64?
}

/// How many events came after one.
struct NewerCount: Hashable, Sendable {
    var count: Int
    /// True when the counting stopped early.
    var hasMore: Bool
}

/// All that is known about one certificate: what the database counted and what its bytes say.
struct CertificateDossier: Sendable {
    var record: CertificateRecord
    /// The parsed certificate; nil when only a fingerprint or broken bytes are known.
    var certificate: ClientCertificate?
    var details: CertificateDetails?
    /// The chain that came with it, nearest issuer first.
    var issuers: [ClientCertificate]
}
