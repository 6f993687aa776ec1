/// Why bytes or text are no certificate.
///
/// Never carries the certificate itself.
public struct CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The name of the kind, as in `too_large`.
        public let rawValue: String

        /// Takes any name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Nothing there.
        public static let empty = Code(rawValue: "empty")
        /// More than ``ClientCertificate/maximumSize`` bytes.
        public static let tooLarge = Code(rawValue: "too_large")
        /// More than ``ClientCertificate/maximumChain`` certificates.
        public static let tooMany = Code(rawValue: "too_many_certificates")
        /// Not a certificate in DER.
        public static let malformed = Code(rawValue: "malformed")
        /// Bytes follow the certificate.
        public static let trailingBytes = Code(rawValue: "trailing_bytes")
        /// A signature that the known key of its issuer did not make.
        public static let badSignature = Code(rawValue: "bad_signature")
        /// Not a PEM text of certificates and nothing else.
        public static let malformedPEM = Code(rawValue: "malformed_pem")
    }

    /// The kind of failure.
    public let code: Code

    /// What was wrong, in words that show nothing of the input.
    public let message: String

    /// Names a failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }

    /// Bytes that follow what should have been all.
    static func trailing(_ count: Int, after what: String) -> CertificateError {
        CertificateError(
            .trailingBytes,
            count == 1 ? "1 byte follows the \(what)" : "\(count) bytes follow the \(what)"
        )
    }
}
