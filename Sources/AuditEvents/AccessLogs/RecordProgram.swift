/// The programs whose access logs are understood.
enum RecordProgram {
    case nginx
    case haproxy
    case haproxyError
    case envoy
    case caddy
    case traefik
    /// Go's HTTP server, as Caddy and Traefik quote it in their own logs.
    case goServer
    /// Some other message of a log that is followed.
    case other

    /// Who wrote the record: its `src` says so, else the members that only one program writes; nil when nobody known.
    init?(of record: RecordValues) {
        if record.has(.program) {
            guard let named = Self(named: record) else { return nil }
            self = named
        } else if record.has(.downstreamStatus) {
            self = .traefik
        } else if record.has(.request) {
            self = .caddy
        } else if record.has(.failure) || (record.has(.address) && record.has(.protocolName)) {
            self = .envoy
        } else if record.has(.message) {
            self = GoServerMapping.isHandshakeError(record) ? .goServer : .other
        } else {
            return nil
        }
    }

    private init?(named record: RecordValues) {
        if record.equals(.program, "nginx") {
            self = .nginx
        } else if record.equals(.program, "haproxy") {
            self = .haproxy
        } else if record.equals(.program, "haproxy-err") {
            self = .haproxyError
        } else if record.equals(.program, "envoy") || record.equals(.program, "envoy-listener") {
            self = .envoy
        } else if record.equals(.program, "caddy") {
            self = .caddy
        } else if record.equals(.program, "traefik") {
            self = .traefik
        } else {
            return nil
        }
    }

    /// Makes the record an event; false when it says nothing about client certificates.
    func map(_ draft: inout RecordDraft) -> Bool {
        switch self {
        case .nginx: NginxMapping.map(&draft)
        case .haproxy: HAProxyMapping.map(&draft)
        case .haproxyError: HAProxyMapping.mapError(&draft)
        case .envoy: EnvoyMapping.map(&draft)
        case .caddy: CaddyMapping.map(&draft)
        case .traefik: TraefikMapping.map(&draft)
        case .goServer: GoServerMapping.map(&draft)
        case .other: false
        }
    }
}
