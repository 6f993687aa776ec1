import NIOCore

/// Stands between the network and the TLS handler, and reads the two messages of a handshake that pass in clear.
///
/// NIOSSL tells neither the cipher suite nor the server name that was asked for, nor whether a session was resumed. All
/// three are in ClientHello and ServerHello (RFC 8446 sections 4.1.2 and 4.1.3, RFC 5246 section 7.4.1), which every
/// peer could read. Nothing is changed or held back; after ServerHello bytes are not looked at any more.
///
/// Confined to the event loop of its channel.
final class HandshakeObserver: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var fromClient = HandshakeMessages()
    private var fromServer = HandshakeMessages()
    private var clientHello: ClientHello?
    private var serverHello: ServerHello?

    /// What was read so far.
    var facts: HandshakeFacts {
        HandshakeFacts(
            serverName: clientHello?.serverName,
            cipher: serverHello.map { CipherSuiteName.name(of: $0.cipherSuite) },
            isResumed: serverHello.flatMap { hello in clientHello.map { hello.resumes($0) } }
        )
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if clientHello == nil, !fromClient.isClosed {
            fromClient.append(unwrapInboundIn(data).readableBytesView)
            while clientHello == nil, let message = fromClient.next() { clientHello = ClientHello(message) }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if serverHello == nil, !fromServer.isClosed {
            fromServer.append(unwrapOutboundIn(data).readableBytesView)
            while serverHello == nil, let message = fromServer.next() {
                // A HelloRetryRequest looks like a ServerHello, and the real one follows.
                if let hello = ServerHello(message), !hello.isRetryRequest { serverHello = hello }
            }
        }
        context.write(data, promise: promise)
    }
}

/// What a handshake agreed on, as far as it passed in clear.
struct HandshakeFacts: Hashable, Sendable {
    /// The server name that the client asked for, as it sent it.
    var serverName: String?
    /// IANA's name of the cipher suite.
    var cipher: String?
    /// Whether the session of an earlier connection goes on.
    var isResumed: Bool?
}
