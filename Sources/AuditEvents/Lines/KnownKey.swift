/// The keys the scanner knows; the raw value is the key's bit in the set of keys an object has shown.
enum KnownKey: UInt8, CaseIterable {
    case event
    case seq
    case time
    case service
    case source
    case reason
    case cert
    case req
    case tls
    case cn
    case fingerprint
    case fingerprint256
    case method
    case path
    case url
    case ip
    case port
    case mtlstop
    case producer
    case app
    case ack
    case bye
    case drop
    case since
    case certificate
    case commonName
    case subject
    case issuer
    case subjectaltname
    case validFrom
    case validTo
    case serialNumber
    case raw
    case pem
    case issuerCertificate
    case host
    case userAgent
    case authorized
    case authorizationError
    case proto
    case cipher
    case resumed
    case servername
    case type
    case data
    // What Node's object also holds and the certificate itself says better.
    case infoAccess
    case ca
    case modulus
    case bits
    case exponent
    case pubkey
    case asn1Curve
    case nistCurve
    case fingerprint512
    case extKeyUsage

    var text: String {
        switch self {
        case .validFrom: "valid_from"
        case .validTo: "valid_to"
        case .proto: "protocol"
        case .extKeyUsage: "ext_key_usage"
        case .commonName: "CN"
        default: String(describing: self)
        }
    }

    var bit: UInt64 {
        1 << UInt64(rawValue)
    }
}

/// Which keys mean something in which object.
enum KeyScope {
    static let line = mask([
        .event, .seq, .time, .service, .source, .reason, .cert, .req, .tls, .cn, .fingerprint, .fingerprint256, .method,
        .path, .url, .ip, .port, .mtlstop, .producer, .app, .ack, .bye, .drop, .since, .certificate,
    ])
    static let certificate = mask([
        .subject, .issuer, .subjectaltname, .validFrom, .validTo, .serialNumber, .raw, .pem, .issuerCertificate,
        .fingerprint, .fingerprint256, .infoAccess, .ca, .modulus, .bits, .exponent, .pubkey, .asn1Curve, .nistCurve,
        .fingerprint512, .extKeyUsage,
    ])
    static let request = mask([.method, .url, .path, .ip, .port, .host, .userAgent])
    static let tls = mask([.authorized, .authorizationError, .proto, .cipher, .resumed, .servername])
    static let name = mask([.commonName])
    static let buffer = mask([.type, .data])

    private static func mask(_ keys: [KnownKey]) -> UInt64 {
        keys.reduce(0) { $0 | $1.bit }
    }
}
