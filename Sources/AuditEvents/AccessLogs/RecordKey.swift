/// What the access logs of proxies tell, whatever they call it.
enum RecordKey: UInt8, CaseIterable {
    case event
    /// The program that wrote the record, where the format says so.
    case program
    case time
    /// The time the log library wrote the record, for records that name no time of their own.
    case logTime
    case verify
    case used
    case certificateError
    case chainError
    case connectionError
    case connectionErrorText
    case tlsErrorText
    case failure
    case details
    case status
    case downstreamStatus
    case subject
    case issuer
    case serial
    case sha1
    case sha256
    case commonName
    case notBefore
    case notAfter
    case pem
    /// The certificate as base64 text of its DER.
    case der
    case uriNames
    case dnsNames
    case addressNames
    case mailNames
    case ip
    case port
    case address
    case serverName
    case protocolName
    case protocolNumber
    case cipher
    case cipherNumber
    case reused
    case method
    case uri
    case host
    case userAgent
    case service
    case frontend
    case entryPoint
    case logger
    case message
    /// Objects that are looked into.
    case request
    case tls
}

/// One name of a key, and the object it counts in.
struct RecordName {
    /// Where a name counts: in the record itself, in its `request`, or in that one's `tls` (Caddy nests).
    enum Scope: UInt8 {
        case record
        case request
        case tls
    }

    let scope: Scope
    let text: StaticString
    let key: RecordKey

    private init(_ scope: Scope, _ text: StaticString, _ key: RecordKey) {
        self.scope = scope
        self.text = text
        self.key = key
    }

    private static func record(_ text: StaticString, _ key: RecordKey) -> RecordName { .init(.record, text, key) }

    /// Every name that is known.
    static let all: [RecordName] = ours + envoy + traefik + caddy

    /// The short names of the log formats that this project ships for nginx, HAProxy and Envoy.
    private static let ours: [RecordName] = [
        record("event", .event), record("src", .program), record("ts", .time), record("verify", .verify),
        record("used", .used), record("cerr", .certificateError), record("caerr", .chainError),
        record("fc_err", .connectionError), record("fc_err_str", .connectionErrorText),
        record("ssl_fc_err_str", .tlsErrorText), record("failure", .failure), record("details", .details),
        record("status", .status), record("sdn", .subject), record("idn", .issuer), record("serial", .serial),
        record("sha1", .sha1), record("sha256", .sha256), record("cn", .commonName), record("nb", .notBefore),
        record("na", .notAfter), record("pem", .pem), record("der", .der), record("resumed", .reused),
        record("san", .dnsNames), record("ip", .ip),
        record("port", .port), record("addr", .address), record("sni", .serverName), record("proto", .protocolName),
        record("cipher", .cipher), record("reused", .reused), record("method", .method), record("uri", .uri),
        record("host", .host), record("ua", .userAgent), record("service", .service), record("fe", .frontend),
    ]

    /// Envoy's operators in lower case, as people name the members of its `json_format`.
    private static let envoy: [RecordName] = [
        record("start_time", .time), record("downstream_transport_failure_reason", .failure),
        record("response_code_details", .details), record("response_code", .status),
        record("downstream_peer_subject", .subject), record("downstream_peer_issuer", .issuer),
        record("downstream_peer_serial", .serial), record("downstream_peer_fingerprint_1", .sha1),
        record("downstream_peer_fingerprint_256", .sha256), record("downstream_peer_cert", .pem),
        record("downstream_peer_cert_v_start", .notBefore), record("downstream_peer_cert_v_end", .notAfter),
        record("downstream_peer_uri_san", .uriNames), record("downstream_peer_dns_san", .dnsNames),
        record("downstream_peer_ip_san", .addressNames), record("downstream_peer_email_san", .mailNames),
        record("downstream_remote_address", .address), record("requested_server_name", .serverName),
        record("downstream_tls_version", .protocolName), record("downstream_tls_cipher", .cipher),
        record("path", .uri), record("authority", .host), record("user_agent", .userAgent),
    ]

    /// The fields of Traefik's JSON access log.
    private static let traefik: [RecordName] = [
        record("StartUTC", .time), record("time", .logTime), record("DownstreamStatus", .downstreamStatus),
        record("TLSClientSubject", .subject), record("TLSVersion", .protocolName), record("TLSCipher", .cipher),
        record("ClientHost", .ip), record("ClientPort", .port), record("RequestMethod", .method),
        record("RequestPath", .uri), record("RequestHost", .host), record("request_User-Agent", .userAgent),
        record("RouterName", .frontend), record("entryPointName", .entryPoint),
        record("request_X-Forwarded-Tls-Client-Cert", .der),
    ]

    /// Caddy's access log, and the messages of Go's HTTP server in Caddy's and Traefik's own logs.
    private static let caddy: [RecordName] = [
        record("logger", .logger), record("msg", .message), record("message", .message),
        record("request", .request), record("cert_der", .der), record("cert_sha256", .sha256),
        .init(.request, "remote_ip", .ip), .init(.request, "remote_port", .port), .init(.request, "method", .method),
        .init(.request, "host", .host), .init(.request, "uri", .uri), .init(.request, "tls", .tls),
        .init(.tls, "resumed", .reused), .init(.tls, "version", .protocolNumber),
        .init(.tls, "cipher_suite", .cipherNumber), .init(.tls, "server_name", .serverName),
        .init(.tls, "client_common_name", .commonName), .init(.tls, "client_serial", .serial),
    ]
}
