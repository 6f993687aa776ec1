import COpenSSL

/// How one call is made.
struct CallPlan: Hashable, Sendable {
    enum Version: Hashable, Sendable {
        case tls12
        case tls13

        var code: Int32 { self == .tls12 ? TLS1_2_VERSION : TLS1_3_VERSION }
    }

    var version = Version.tls13
    /// Resume an earlier session of the same client and version when there is one.
    var mayResume = false
    /// Which of the client's paths to ask for.
    var path = 0
}

/// What the client got.
struct CallResult: Hashable, Sendable {
    let status: Int
    let from: LoopbackAddress
    let isResumed: Bool
}

/// Makes the calls of the demonstration's clients, one after the other; used by one thread.
final class DemoCaller {
    private let context: TLSContext
    private let port: UInt16
    private var sessions: [SessionKey: TLSSession] = [:]

    private struct SessionKey: Hashable {
        let client: String
        let version: CallPlan.Version
    }

    init(context: TLSContext, port: UInt16) {
        self.context = context
        self.port = port
    }

    /// Connects, shakes hands, asks, and reads the answer.
    func call(_ client: DemoClient, _ plan: CallPlan) throws -> CallResult {
        let socket = try LoopbackSocket.connected(fromHost: client.host, toPort: port)
        let connection = try TLSConnection(context: context, socket: socket)
        try prepare(connection, client, plan)
        try connection.connect()
        try connection.send(Self.request(client, plan))
        let status = try Self.status(of: connection.receiveHead())
        let key = SessionKey(client: client.name, version: plan.version)
        connection.finish()
        sessions[key] = TLSSession(of: connection)
        return CallResult(status: status, from: socket.localAddress, isResumed: connection.isResumed)
    }

    private func prepare(_ connection: TLSConnection, _ client: DemoClient, _ plan: CallPlan) throws {
        let hostName = DemoInfrastructure.hostName(of: client.service)
        try connection.withUnsafeConnection { ssl in
            try check(COpenSSL_SSL_set_versions(ssl, plan.version.code, plan.version.code), "choose the TLS version")
            try check(COpenSSL_SSL_set_host_name(ssl, hostName), "name the server")
            try check(SSL_set1_host(ssl, hostName), "expect the server's name")
            // Level 0 lets the client with the weak key present it; the server's own level then refuses it.
            SSL_set_security_level(ssl, 0)
            try client.identity?.withUnsafeParts { leaf, key, chain in
                try check(SSL_use_cert_and_key(ssl, leaf, key, chain, 1), "load the client's certificate")
            }
        }
        let key = SessionKey(client: client.name, version: plan.version)
        if plan.mayResume, let session = sessions[key] { try session.offer(in: connection) }
    }

    private static func request(_ client: DemoClient, _ plan: CallPlan) -> [UInt8] {
        let path = client.paths.isEmpty ? "/" : client.paths[plan.path % client.paths.count]
        let fields = "Host: \(DemoInfrastructure.hostName(of: client.service))\r\nUser-Agent: \(client.userAgent)\r\n"
        return Array("\(client.method) \(path) HTTP/1.1\r\n\(fields)Connection: close\r\n\r\n".utf8)
    }

    private static func status(of head: [UInt8]) throws -> Int {
        let words = head.prefix { $0 != 0x0D }.split(separator: 0x20)
        guard words.count > 1, let status = Int(String(decoding: words[1], as: UTF8.self)) else {
            throw TLSFailure(step: "read the answer", cause: "it is no HTTP response")
        }
        return status
    }
}
