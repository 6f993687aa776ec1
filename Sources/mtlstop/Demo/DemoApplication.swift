import AuditEvents
import CertCore
import Dispatch
import Glibc
import Synchronization

/// The applications behind the server: they authenticate with CertCore and report through hooks, as any service does.
final class DemoApplication: Sendable {
    private let reporters: [AuditReporter]
    private let authenticators: [String: ClientCertificateAuthenticator]
    private let decisions = Mutex<[LoopbackAddress: DemoDecision]>([:])
    private let answered = Mutex<UInt64>(0)

    /// Starts one reporter for each application, all to one intake socket.
    init(socketPath: String) {
        var reporters: [AuditReporter] = []
        var authenticators: [String: ClientCertificateAuthenticator] = [:]
        for service in ClientCast.services {
            let configuration = AuditReporter.Configuration(
                socketPath: socketPath,
                application: "\(service)/\(ProductVersion.text)",
                service: service,
                source: "socket"
            )
            let reporter = AuditReporter(configuration: configuration)
            reporters.append(reporter)
            authenticators[service] = ClientCertificateAuthenticator(
                authorize: Self.policy,
                onAuthenticated: reporter.onAuthenticated,
                onRejected: reporter.onRejected
            )
        }
        self.reporters = reporters
        self.authenticators = authenticators
    }

    /// Who may enter: everybody whom the TLS layer trusts, but for two partners.
    static let policy: AuthorizationCallback = { certificate, _ in
        switch certificate.subject.commonName {
        case ClientCast.deniedName: return false
        case ClientCast.tenantlessName: throw AuthorizationDenied(ClientCast.tenantMessage, status: 403)
        default: return true
        }
    }

    /// Decides about a request and gives the HTTP status; blocks the server's thread meanwhile.
    func answer(_ served: ServedRequest) -> Int {
        let label = served.serverName?.split(separator: ".").first.map(String.init) ?? ""
        guard let authenticator = authenticators[label] else { return 400 }
        let request = served.authenticationRequest
        let outcome = Self.waitFor { await authenticator.authenticate(request) }
        let decision = DemoDecision(
            status: outcome?.status ?? 500,
            reason: outcome.map { $0.reason?.rawValue } ?? "no outcome",
            code: served.objection
        )
        answered.withLock { $0 += 1 }
        decisions.withLock { $0[served.peer] = decision }
        return decision.status
    }

    /// The decision about the request from an address, once.
    func takeDecision(about client: LoopbackAddress) -> DemoDecision? {
        decisions.withLock { $0.removeValue(forKey: client) }
    }

    /// Events that the collector has on disk.
    var acknowledged: UInt64 { reporters.reduce(0) { $0 + $1.statistics.acknowledged } }

    /// Waits until every answered request is reported and acknowledged; false when the time ran out.
    func flush(seconds: Int) -> Bool {
        // Hooks run beside the requests, so the last events may not have reached their reporter yet.
        for _ in 0..<(seconds * 100) {
            if acknowledged >= answered.withLock({ $0 }) { return true }
            usleep(10_000)
        }
        return false
    }

    /// Says goodbye to the collector.
    func close() {
        for reporter in reporters { reporter.close(timeout: .seconds(2)) }
    }

    private final class Slot<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    /// Runs async work from a thread that is not of the cooperative pool, and may therefore wait.
    private static func waitFor<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value? {
        let slot = Slot<Value>()
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            let value = await work()
            slot.value.withLock { $0 = value }
            done.signal()
        }
        done.wait()
        return slot.value.withLock { $0 }
    }
}

extension ServedRequest {
    /// The request as CertCore takes it.
    fileprivate var authenticationRequest: ClientCertificateRequest {
        var request = ClientCertificateRequest(
            socket: SocketIdentity(
                authorized: objection == nil,
                authorizationError: objection.map(Self.errorName),
                chain: chain.compactMap { try? ClientCertificate(der: $0) }
            ),
            remoteAddress: peer.ip,
            port: Int(peer.port),
            method: head.method,
            url: head.target,
            host: head.host,
            userAgent: head.userAgent
        )
        request.tlsProtocol = protocolVersion
        request.cipher = cipher
        request.resumed = isResumed
        request.serverName = serverName
        return request
    }

    /// What the TLS layer objects to; a client without a certificate is, as in Node, one whose issuer is missing.
    fileprivate var objection: VerificationCode? {
        if chain.isEmpty { return .unableToGetIssuer }
        return verifyResult == 0 ? nil : VerificationCode(rawValue: verifyResult)
    }

    /// Node's name, or the true one where Node only says that it is unspecified.
    private static func errorName(_ code: VerificationCode) -> String {
        code.nodeName == "UNSPECIFIED" ? code.name : code.nodeName
    }
}
