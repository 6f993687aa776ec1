import AuditEvents
import CertCore

/// A filter as a tree.
indirect enum FilterNode: Hashable, Sendable {
    case all([FilterNode])
    case any([FilterNode])
    case not(FilterNode)
    case term(FilterTerm)
}

/// One condition, its value already understood.
enum FilterTerm: Hashable, Sendable {
    case outcome(AuditEvent.Outcome)
    case rejectionClass(RejectionClass)
    case reason(FilterPattern, orClass: Bool)
    /// The reported reason's template; nil for no reason.
    case template(String?)
    case code(Comparison, Int64)
    case name(FilterName, FilterPattern)
    case certificate(CertificateText, FilterPattern)
    case fingerprint(String)
    case serial(FilterPattern)
    case network(AddressNetwork)
    case time(Comparison, Timestamp)
    case expires(Comparison, Timestamp)
    case id(Comparison, Int64)
    case session(Int64)
    case state(EventState)
    case anywhere(FilterPattern)
}

/// A name of the request or its surroundings that the store keeps as an integer.
enum FilterName: Hashable, Sendable {
    case ip
    case path
    case method
    case host
    case agent
    case service
    case source
}

/// A text of a certificate.
enum CertificateText: Hashable, Sendable {
    case commonName
    case subject
    case issuer
    case san
}

/// What `is:` asks.
enum EventState: String, CaseIterable, Hashable, Sendable {
    case new
    case anonymous
    case verified
    case resumed
    case damaged
}

/// How numbers and times are compared.
enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="
}
