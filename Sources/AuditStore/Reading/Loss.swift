public import CertCore

/// Events that got lost, or may have got lost.
public struct Loss: Hashable, Sendable, Identifiable {
    /// Its row.
    public let id: Int64
    /// When it was noted.
    public let time: Timestamp
    /// The connection it concerns, where there is one.
    public let session: Int64?
    /// How they got lost: `gap`, `drop`, `collector`, `queue_full` and so on.
    public let kind: String
    /// How many; 0 when nobody can know.
    public let count: Int64
    /// When it began, where that is known.
    public let since: Timestamp?
    /// The collector's own words about it.
    public let detail: String?
}
