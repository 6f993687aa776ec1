import Glibc
import Synchronization

/// What the server saw of one connection: the certificate, libssl's judgement and the request, nothing invented.
struct ServedRequest: Sendable {
    let peer: LoopbackAddress
    /// Leaf first, as DER; empty when the client sent no certificate.
    let chain: [[UInt8]]
    /// X509_V_ERR code, 0 for a trusted certificate and also when there was none.
    let verifyResult: Int32
    let protocolVersion: String
    let cipher: String?
    let isResumed: Bool
    let serverName: String?
    let head: HTTPHead
}

/// A mutual-TLS server on 127.0.0.1 that lets every handshake finish and leaves the decision to its application.
final class DemoServer: Sendable {
    /// The status code to answer with.
    typealias Application = @Sendable (ServedRequest) -> Int

    /// The port it listens on.
    let port: UInt16
    private let listener: LoopbackSocket
    private let worker: Worker
    private let refusals: RefusalCount

    private final class RefusalCount: Sendable {
        let value = Mutex(0)
    }

    /// Starts listening and answering, one connection at a time, on its own thread.
    ///
    /// Writing to a client that has gone raises SIGPIPE, which the process ignores from here on.
    init(context: TLSContext, application: @escaping Application) throws {
        signal(SIGPIPE, SIG_IGN)
        let listener = try LoopbackSocket.listening()
        let refusals = RefusalCount()
        self.listener = listener
        self.refusals = refusals
        port = listener.localAddress.port
        worker = try Worker {
            while let client = try? listener.accepted() {
                do {
                    try Self.serve(client.socket, client.peer, context, application)
                } catch {
                    refusals.value.withLock { $0 += 1 }
                }
            }
        }
    }

    /// Connections that broke off before they were answered.
    var brokenConnections: Int { refusals.value.withLock { $0 } }

    /// Stops listening; returns when the last answer is out.
    func stop() {
        listener.shutDown()
        worker.join()
    }

    private static func serve(
        _ socket: LoopbackSocket,
        _ peer: LoopbackAddress,
        _ context: TLSContext,
        _ application: Application
    ) throws {
        let connection = try TLSConnection(context: context, socket: socket)
        try connection.accept()
        guard let head = HTTPHead(try connection.receiveHead()) else {
            try connection.send(answer(400))
            return connection.finish()
        }
        let request = ServedRequest(
            peer: peer,
            chain: connection.peerChain,
            verifyResult: connection.verifyResult,
            protocolVersion: connection.protocolVersion,
            cipher: connection.cipher,
            isResumed: connection.isResumed,
            serverName: connection.serverName,
            head: head
        )
        try connection.send(answer(application(request)))
        connection.finish()
    }

    private static func answer(_ status: Int) -> [UInt8] {
        let phrases = [200: "OK", 400: "Bad Request", 401: "Unauthorized", 500: "Internal Server Error"]
        let phrase = phrases[status] ?? "Unauthorized"
        return Array("HTTP/1.1 \(status) \(phrase)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
    }
}
