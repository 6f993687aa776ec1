import CLinux
import Glibc
import Logging
import NIOCore
import SafeText
import Synchronization

/// Receives connections: asks the kernel who it is, checks that it may write, gives it a handler.
final class ReceptionDesk: Sendable {
    private let queue: IntakeQueue
    private let control: IntakeControl
    private let meter: IntakeMeter
    private let limit: Int
    private let logger: Logger
    private let isShort = Atomic<Bool>(false)

    /// `SO_PEERCRED`, which NIO has no name for.
    private static let peerCredentials = NIOBSDSocket.Option(rawValue: SO_PEERCRED)

    init(queue: IntakeQueue, meter: IntakeMeter, configuration: CollectorConfiguration, logger: Logger) {
        self.queue = queue
        self.meter = meter
        self.control = configuration.control
        self.limit = configuration.connectionLimit
        self.logger = logger
    }

    /// The kernel has no descriptor or no memory for a connection: those that wait are accepted later.
    func couldNotAccept(_ error: any Error) {
        guard !isShort.exchange(true, ordering: .relaxed) else { return }
        let cause = SafeText(String(describing: error))
        logger.warning("no connection can be accepted; trying again", metadata: ["error": "\(cause)"])
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
        if isShort.exchange(false, ordering: .relaxed) { logger.notice("connections are accepted again") }
        guard mayWrite(channel, credentials) else {
            logger.warning(
                "a peer may not write",
                metadata: ["uid": "\(credentials.uid)", "pid": "\(credentials.pid)"]
            )
            return turnAway(channel, "{\"err\":\"not_allowed\",\"msg\":\"this user may not write to this socket\"}\n")
        }
        guard meter.connections < limit else {
            return turnAway(channel, "{\"notice\":\"busy\"}\n")
        }
        let handler = IntakeHandler(queue: queue) { [self] in left(leavingOut: $0) }
        let number = meter.connectionOpened()
        let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        handler.attach(IntakePeer(number: number, credentials: credentials, handler: bound))
        try channel.pipeline.syncOperations.addHandler(handler)
        let state = meter.state
        if state != .taking { handler.deliver(.notice(state)) }
    }

    /// Groups count whether primary or supplementary; the latter are asked for only where they decide.
    private func mayWrite(_ channel: any Channel, _ credentials: CLinux_peer_credentials) -> Bool {
        let access = control.current.access
        if access.allows(user: credentials.uid, group: credentials.gid) { return true }
        guard !access.groups.isEmpty else { return false }
        let groups = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable {
            (socket: NIOBSDSocket.Handle) in PeerGroups.of(socket)
        }
        return (groups ?? []).contains(where: access.groups.contains)
    }

    private func left(leavingOut count: Int) {
        meter.connectionClosed()
        if count > 0 { logger.info("a peer did not read its answers", metadata: ["left out": "\(count)"]) }
    }

    private func turnAway(_ channel: any Channel, _ line: String) {
        meter.connectionRefused()
        channel.writeAndFlush(ByteBuffer(string: line)).whenComplete { _ in channel.close(promise: nil) }
    }
}
