/// The fields of an event that are views of bytes.
package enum LineField: Int, CaseIterable, Sendable {
    case service
    case source
    case reason
    case method
    case url
    case ip
    case host
    case userAgent
    case authorizationError
    case protocolVersion
    case cipher
    case serverName
    case commonName
    /// The subject: JSON text of Node's object, or plain text (``ScannedEvent/subjectIsObject``).
    case subject
    /// The issuer: JSON text of Node's object, or plain text (``ScannedEvent/issuerIsObject``).
    case issuer
    case serial
    /// 64 hexadecimal digits, perhaps with colons.
    case fingerprint256
    /// 40 hexadecimal digits, perhaps with colons.
    case fingerprint1
    /// The leaf as base64 text of its DER.
    case certificateBase64
    /// The leaf as DER, when Node's Buffer JSON was sent.
    case certificateDER
    /// The leaf (and perhaps its issuers) as PEM text.
    case certificatePEM
    /// `valid_from` as sent: `Apr  1 00:00:00 2020 GMT` or RFC 3339.
    case notBefore
    /// `valid_to` as sent.
    case notAfter
    /// `subjectaltname` as Node writes it.
    case san
}
