import CLinux
import NIOCore
import Synchronization

/// One connection as both threads know it: who it is, and the way to answer it.
final class IntakePeer: Sendable {
    /// Counts connections from 1.
    let number: UInt64
    /// Who connected, as the kernel says.
    let credentials: CLinux_peer_credentials
    /// Bytes handed over and not yet worked off; changed only under the queue's lock.
    let outstanding = Atomic<Int>(0)
    private let handler: NIOLoopBound<IntakeHandler>

    init(number: UInt64, credentials: CLinux_peer_credentials, handler: NIOLoopBound<IntakeHandler>) {
        self.number = number
        self.credentials = credentials
        self.handler = handler
    }

    /// Sends an answer; only on the event loop.
    func deliver(_ reply: Reply) {
        handler.value.deliver(reply)
    }

    /// Goes on reading; only on the event loop.
    func resumeReading() {
        handler.value.resumeReading()
    }
}
