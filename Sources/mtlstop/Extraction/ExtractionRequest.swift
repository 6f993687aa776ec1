import AuditEvents
import CertCore

/// One line of `mtlstop extract`: a request, or a Lambda event, and the options for it.
struct ExtractionRequest {
    private let line: JSONValue

    /// Takes a JSON object; nil for any other value.
    init?(_ value: JSONValue) {
        guard value.members != nil else { return nil }
        line = value
    }

    /// Looks for the certificate.
    ///
    /// - Throws: ``ConfigurationError`` when the options are a mistake.
    func result(at time: Timestamp) throws(ConfigurationError) -> ExtractionResult {
        let options = try ExtractionOptions(json: line["options"])
        if let event = line["event"] {
            return extractClientCertificate(fromLambda: Self.clientCertificate(of: event), options: options, at: time)
        }
        return extractClientCertificate(from: request, options: options, at: time)
    }

    /// The request without options and event.
    var request: ClientCertificateRequest {
        ClientCertificateRequest(
            headers: headers,
            socket: line["socket"].flatMap(Self.socket),
            remoteAddress: line["remoteAddress"]?.stringValue
        )
    }

    /// `rawHeaders` replaces `headers`, because only it shows every repeat.
    private var headers: HeaderFields {
        if let raw = line["rawHeaders"] { return Self.headers(raw: raw) }
        return Self.headers(object: line["headers"])
    }

    /// A load balancer sends `multiValueHeaders` in place of `headers` when its target group says so.
    private static func headers(of event: JSONValue) -> HeaderFields {
        headers(object: event["multiValueHeaders"] ?? event["headers"])
    }

    private static func headers(object: JSONValue?) -> HeaderFields {
        var fields = HeaderFields()
        for member in object?.members ?? [] {
            for value in member.value.elements ?? [member.value] where !value.isNull {
                fields.append(name: member.key, value: text(value))
            }
        }
        return fields
    }

    private static func headers(raw: JSONValue) -> HeaderFields {
        var fields = HeaderFields()
        for pair in raw.elements ?? [] {
            guard let parts = pair.elements, parts.count == 2, let name = parts[0].stringValue else { continue }
            fields.append(name: name, value: text(parts[1]))
        }
        return fields
    }

    /// A value that is no text counts as an empty one: it is there, and it cannot be read.
    private static func text(_ value: JSONValue) -> String { value.stringValue ?? "" }

    /// Only a socket that says exactly `true` is authorized; a certificate that cannot be read is none.
    private static func socket(_ value: JSONValue) -> SocketIdentity? {
        guard value.members != nil else { return nil }
        let chain = value["peerCertificate"]?.stringValue.flatMap { try? ClientCertificate.chain(pem: $0) }
        return SocketIdentity(
            authorized: value["authorized"]?.boolValue == true,
            authorizationError: value["authorizationError"]?.stringValue,
            chain: chain ?? []
        )
    }

    /// The HTTP API's place is looked at first; a certificate there, even an empty one, hides the REST API's.
    private static func clientCertificate(of event: JSONValue) -> LambdaClientCertificate {
        let context = event["requestContext"]
        if context?["elb"]?.members != nil { return .loadBalancer(headers(of: event)) }
        for place in ["authentication", "identity"] {
            if let found = context?[place]?["clientCert"], found.members != nil {
                return .pem(found["clientCertPem"]?.stringValue)
            }
        }
        return .missing
    }
}
