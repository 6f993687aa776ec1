/// What the events of one connection and service share; rows refer to it.
final class EventContext: Hashable, Sendable {
    /// Its row; nil for one that is in no database.
    ///
    /// Two contexts may be equal whatever it is.
    let id: Int64?
    let service: String?
    let source: String?
    let method: String?
    let host: String?
    let userAgent: String?
    let tlsProtocol: String?
    let cipher: String?
    let serverName: String?
    let resumed: Bool?
    let reporter: Reporter

    init(
        id: Int64? = nil,
        service: String? = nil,
        source: String? = nil,
        method: String? = nil,
        host: String? = nil,
        userAgent: String? = nil,
        tlsProtocol: String? = nil,
        cipher: String? = nil,
        serverName: String? = nil,
        resumed: Bool? = nil,
        reporter: Reporter
    ) {
        self.id = id
        self.service = service
        self.source = source
        self.method = method
        self.host = host
        self.userAgent = userAgent
        self.tlsProtocol = tlsProtocol
        self.cipher = cipher
        self.serverName = serverName
        self.resumed = resumed
        self.reporter = reporter
    }

    static func == (left: EventContext, right: EventContext) -> Bool {
        left === right
            || left.values.elementsEqual(right.values) && left.resumed == right.resumed
                && left.reporter == right.reporter
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(values)
        hasher.combine(resumed)
        hasher.combine(reporter)
    }

    private var values: [String?] { [service, source, method, host, userAgent, tlsProtocol, cipher, serverName] }
}
