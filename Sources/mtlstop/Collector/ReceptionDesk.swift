import CLinux
import Glibc
import Logging
import NIOCore
import SafeText
import Synchronization

/// Receives connections: asks the kernel who it is, checks that it may write, gives it a handler.
final class ReceptionDesk: Sendable {
    private let queue: IntakeQueue
    private let access: IntakeAccess
    private let limit: Int
    private let logger: Logger
    private let accepted = Atomic<UInt64>(0)
    private let present = Atomic<Int>(0)

    /// `SO_PEERCRED`, which NIO has no name for.
    private static let peerCredentials = NIOBSDSocket.Option(rawValue: SO_PEERCRED)

    init(queue: IntakeQueue, configuration: CollectorConfiguration, logger: Logger) {
        self.queue = queue
        self.access = configuration.access
        self.limit = configuration.connectionLimit
        self.logger = logger
    }

    /// Prepares a new connection; on its event loop, before anything is read.
    func receive(_ channel: any Channel) -> EventLoopFuture<Void> {
        guard let options = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
        }
        let asked: EventLoopFuture<CLinux_peer_credentials> = options.unsafeGetSocketOption(
            level: .socket,
            name: Self.peerCredentials
        )
        return asked.flatMapThrowing { [self] in try admit(channel, $0) }
    }

    private func admit(_ channel: any Channel, _ credentials: CLinux_peer_credentials) throws {
        guard access.allows(user: credentials.uid, group: credentials.gid) else {
            logger.warning(
                "a peer may not write",
                metadata: ["uid": "\(credentials.uid)", "pid": "\(credentials.pid)"]
            )
            return turnAway(channel, "{\"err\":\"not_allowed\",\"msg\":\"this user may not write to this socket\"}\n")
        }
        guard present.load(ordering: .relaxed) < limit else {
            return turnAway(channel, "{\"notice\":\"busy\"}\n")
        }
        present.add(1, ordering: .relaxed)
        let handler = IntakeHandler(queue: queue) { [self] in left(leavingOut: $0) }
        let number = accepted.add(1, ordering: .relaxed).newValue
        let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        handler.attach(IntakePeer(number: number, credentials: credentials, handler: bound))
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    private func left(leavingOut count: Int) {
        present.subtract(1, ordering: .relaxed)
        if count > 0 { logger.info("a peer did not read its answers", metadata: ["left out": "\(count)"]) }
    }

    private func turnAway(_ channel: any Channel, _ line: String) {
        channel.writeAndFlush(ByteBuffer(string: line)).whenComplete { _ in channel.close(promise: nil) }
    }
}
