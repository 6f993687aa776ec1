/// Why a request was turned away, in the words that hooks and audit records carry.
public struct RejectionReason: RawRepresentable, Hashable, Sendable {
    /// The code, or the text that the application threw.
    public let rawValue: String

    /// Takes any text.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The TLS layer did not authorize the connection, or there is none.
    public static let socketNotAuthorized = RejectionReason(rawValue: "socket_not_authorized")
    /// The connection is authorized, and no certificate can be read from it.
    public static let certificateNotRetrievable = RejectionReason(rawValue: "certificate_not_retrievable")
    /// The certificate header is absent or cannot be read.
    public static let headerMissingOrMalformed = RejectionReason(rawValue: "header_missing_or_malformed")
    /// The proxy's verdict is not the expected one.
    public static let verificationHeaderMismatch = RejectionReason(rawValue: "verification_header_mismatch")
    /// The application's callback did not say true.
    public static let callbackReturnedFalse = RejectionReason(rawValue: "callback_returned_false")
    /// The application's callback threw an error without a message.
    public static let callbackThrew = RejectionReason(rawValue: "callback_threw")
    /// The certificate is past its last moment.
    public static let certificateExpired = RejectionReason(rawValue: "certificate_expired")
    /// The certificate is valid only later.
    public static let certificateNotYetValid = RejectionReason(rawValue: "certificate_not_yet_valid")
    /// The certificate is on a revocation list.
    public static let certificateRevoked = RejectionReason(rawValue: "certificate_revoked")
    /// The Lambda event has no client certificate.
    public static let lambdaEventMissingClientCert = RejectionReason(rawValue: "lambda_event_missing_clientcert")
    /// The Lambda event's client certificate cannot be read.
    public static let lambdaEventClientCertMalformed = RejectionReason(rawValue: "lambda_event_clientcert_malformed")

    /// The HTTP status to answer with.
    public var status: Int { self == .certificateNotRetrievable ? 500 : 401 }

    /// The sentence to answer with; it says nothing of what the client sent.
    public var message: String {
        switch self {
        case .socketNotAuthorized: "Unauthorized: Client certificate required"
        case .certificateNotRetrievable:
            "Client certificate was authenticated but certificate information could not be retrieved."
        case .headerMissingOrMalformed: "Unauthorized: Client certificate header missing or malformed"
        case .verificationHeaderMismatch, .certificateExpired, .certificateNotYetValid, .certificateRevoked:
            "Unauthorized: Certificate verification failed"
        default: "Unauthorized"
        }
    }
}
