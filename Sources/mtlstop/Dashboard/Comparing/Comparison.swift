import AuditStore

/// Two things side by side, read.
struct Comparison: Sendable {
    var left: Side
    var right: Side

    /// One of the two.
    enum Side: Sendable {
        case event(EventRow)
        case certificate(CertificateDossier)
        /// It is not in the database, or a certificate has no renewal.
        case missing
    }
}

/// What is compared: two rows, or a certificate with its renewal.
struct ComparisonName: Hashable, Sendable {
    var left: MarkedRow
    /// Nil: the renewal of the left one.
    var right: MarkedRow?
}
