/// How a proxy writes a certificate into a header.
public enum HeaderEncoding: String, CaseIterable, Hashable, Sendable {
    /// Percent-encoded PEM (nginx, Kong, CloudFront).
    case urlPEM = "url-pem"
    /// Percent-encoded PEM in which `+`, `=` and `/` stand as they are (AWS).
    case urlPEMAWS = "url-pem-aws"
    /// Envoy's `x-forwarded-client-cert`.
    case xfcc
    /// DER in base64 on one line.
    case base64DER = "base64-der"
    /// `:base64:` (RFC 9440).
    case rfc9440
    /// PEM on one line with blanks, or nothing, for newlines (Apache, HAProxy).
    case pemSpaces = "pem-spaces"

    /// Finds an encoding by its name; the error's message lists the valid ones.
    public init(named name: String) throws(ConfigurationError) {
        guard let encoding = Self.allCases.first(where: { ASCII.same($0.rawValue, name) }) else {
            throw ConfigurationError.unknown("headerEncoding", name, valid: Self.allCases.map(\.rawValue))
        }
        self = encoding
    }
}
