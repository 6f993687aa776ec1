/// What the writer remembers of a stored certificate: its row and what the row still lacks.
struct KnownCertificate: Hashable {
    /// The id of the row.
    var id: Int64
    /// Whether an event used it, so that its first event is known.
    var isUsed: Bool
    /// Whether its DER is stored.
    var hasDER: Bool
    /// Whether issuers that came with it are stored.
    var hasIssuers: Bool
    /// By what events' records name it.
    var reference: CertificateReference
    /// The bounds of its validity in Unix milliseconds, where known.
    var notBefore: Int64?
    var notAfter: Int64?

    /// A certificate that is about to be stored.
    init(id: Int64, hasDER: Bool, reference: CertificateReference, notBefore: Int64?, notAfter: Int64?) {
        self.id = id
        self.reference = reference
        self.hasDER = hasDER
        self.notBefore = notBefore
        self.notAfter = notAfter
        isUsed = false
        hasIssuers = false
    }

    /// The columns that ``Lookups`` reads.
    init(_ row: PreparedStatement) {
        id = row.integer(0)
        isUsed = row.integer(1) != 0
        hasDER = row.integer(2) != 0
        hasIssuers = row.integer(3) != 0
        notBefore = row.optionalInteger(4)
        notAfter = row.optionalInteger(5)
        reference = CertificateReference(identity: row.blob(6) ?? [])
    }

    /// Where a moment lies in its validity.
    func validity(at time: Int64) -> CertificateState {
        if let notAfter, time > notAfter { return .expired }
        if let notBefore, time < notBefore { return .notYetValid }
        return notBefore == nil || notAfter == nil ? .unknown : .valid
    }
}

/// Where an event's time lies in the validity of its certificate.
enum CertificateState: UInt8 {
    /// The event has no certificate.
    case none
    /// Nobody told the certificate's validity.
    case unknown
    case notYetValid
    case valid
    case expired
}
