import CertCore
public import Hummingbird
import NIOCore
import NIOSSL

/// The connection a request came over: its addresses and what its TLS layer knows.
public struct ClientConnection: Sendable {
    /// What was read from the TLS handler.
    struct TLSState: Sendable {
        /// DER of the client's certificate; nil when it sent none.
        let leaf: [UInt8]?
        let version: String?
        /// What the handshake's messages in clear say; empty below a server that was not made by `mutualTLS`.
        let handshake: HandshakeFacts
    }

    private let channel: any Channel

    /// The connection of a request, from what Hummingbird hands to a context.
    public init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }

    /// The address of the TCP peer without its port; an IPv4 one without its IPv6 form.
    public var remoteAddress: String? {
        guard let address = channel.remoteAddress?.ipAddress else { return nil }
        let mapped = "::ffff:"
        let isMapped = address.lowercased().hasPrefix(mapped) && address.contains(".")
        return isMapped ? String(address.dropFirst(mapped.count)) : address
    }

    /// The port of the TCP peer.
    public var remotePort: Int? {
        channel.remoteAddress?.port
    }

    /// What the TLS layer knows; nil without TLS.
    func tlsState() async -> TLSState? {
        if let state = await Self.tlsState(of: channel) { return state }
        // A stream of HTTP/2 has the connection as its parent. A connection has the listening socket, which has none.
        guard let connection = channel.parent, connection.parent != nil else { return nil }
        return await Self.tlsState(of: connection)
    }

    private static func tlsState(of channel: any Channel) async -> TLSState? {
        try? await channel.eventLoop.submit {
            let handler = try channel.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
            let observer = try? channel.pipeline.syncOperations.handler(type: HandshakeObserver.self)
            return TLSState(
                leaf: try handler.peerCertificate?.toDERBytes(),
                version: handler.tlsVersion.map(Self.name),
                handshake: observer?.facts ?? HandshakeFacts()
            )
        }.get()
    }

    private static func name(of version: TLSVersion) -> String {
        switch version {
        case .tlsv1: "TLSv1"
        case .tlsv11: "TLSv1.1"
        case .tlsv12: "TLSv1.2"
        case .tlsv13: "TLSv1.3"
        }
    }
}
