/// The finer code of a refusal whose reason is a coarse one.
public struct RejectionDetail: RawRepresentable, Hashable, Sendable {
    /// The code, as in `untrusted_proxy`.
    public let rawValue: String

    /// Takes any text.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The peer is none of the trusted proxies.
    public static let untrustedProxy = RejectionDetail(rawValue: "untrusted_proxy")
    /// A header came several times, or beside a twin that differs only in `_` and `-`.
    public static let ambiguousHeader = RejectionDetail(rawValue: "ambiguous_header")
    /// A header is longer than the limit.
    public static let headerTooLarge = RejectionDetail(rawValue: "header_too_large")
    /// More than ten certificates came.
    public static let tooManyCertificates = RejectionDetail(rawValue: "too_many_certificates")
    /// Two statements of a header about the certificate contradict each other.
    public static let identityMismatch = RejectionDetail(rawValue: "identity_mismatch")
}
