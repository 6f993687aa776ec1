/// The words of the filter language; help, completion and the manual are made from this list.
package enum FilterWord: String, CaseIterable, Hashable, Sendable {
    case outcome
    case reason
    case template
    case rejectionClass = "class"
    case code
    case commonName = "cn"
    case subject
    case issuer
    case san
    case fingerprint = "fp"
    case serial
    case ip
    case method
    case path
    case host
    case agent
    case service
    case source
    case since
    case until
    case expires
    case id
    case session
    case state = "is"

    /// What a person writes before the operator.
    package var name: String { rawValue }

    /// One line of help.
    package var summary: String {
        switch self {
        case .outcome: "how it ended: ok (authenticated) or rej (rejected)"
        case .reason: "the reported reason, or the class of the rejection"
        case .template: "reported reasons that differ from this one in numbers and quoted names only"
        case .rejectionClass: "the class of the rejection"
        case .code: "the verify code, by number or name"
        case .commonName: "the subject's common name, whole or with *"
        case .subject: "a part of the subject"
        case .issuer: "a part of the issuer"
        case .san: "a part of a subject alternative name"
        case .fingerprint: "the start of a SHA-256 or SHA-1 fingerprint"
        case .serial: "the start of the serial number"
        case .ip: "the client address, a network, or a pattern"
        case .method: "the HTTP method"
        case .path: "the start of the path, or a pattern"
        case .host: "the host asked for"
        case .agent: "a part of the user agent"
        case .service: "the application that authenticated"
        case .source: "how the certificate was obtained"
        case .since: "not before a time or a duration ago"
        case .until: "before a time or a duration ago"
        case .expires: "the certificate's end of validity, as a time or from now"
        case .id: "the event's number"
        case .session: "the number of the connection that reported it"
        case .state: "new, anonymous, verified, resumed or damaged"
        }
    }

    /// An example that parses.
    package var example: String {
        switch self {
        case .outcome: "outcome:rej"
        case .reason: "reason:expired"
        case .template: "template:\"tenant 4 is locked\""
        case .rejectionClass: "class:unknown_issuer"
        case .code: "code:CERT_HAS_EXPIRED"
        case .commonName: "cn:svc-*"
        case .subject: "subject:\"O=Corp\""
        case .issuer: "issuer:corp-int"
        case .san: "san:*.prod.example"
        case .fingerprint: "fp:9f3a"
        case .serial: "serial:0A1B"
        case .ip: "ip:10.4.0.0/16"
        case .method: "method:POST"
        case .path: "path:/v1/"
        case .host: "host:api.example"
        case .agent: "agent:curl"
        case .service: "service:billing"
        case .source: "source:envoy"
        case .since: "since:1h"
        case .until: "until:2026-11-23T12:00"
        case .expires: "expires:<30d"
        case .id: "id>4711"
        case .session: "session:17"
        case .state: "is:new"
        }
    }

    /// Every word, for messages.
    static let list = allCases.map(\.name).joined(separator: " ")
}

extension FilterWord {
    /// What `is:` takes, as far as the database knows it.
    package static let stateNames = EventState.allCases.map(\.rawValue)
}
