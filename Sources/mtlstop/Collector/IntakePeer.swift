import CLinux
import Glibc
import NIOCore
import Synchronization

/// One connection, or one other door, as the reading and the ingest thread know it.
final class IntakePeer: Sendable {
    private enum Way: Sendable {
        case connection(NIOLoopBound<IntakeHandler>)
        case door(@Sendable () -> Void)
    }

    /// Counts connections from 1; 0 for a door.
    let number: UInt64
    /// Who connected, as the kernel says; for a door, this process itself.
    let credentials: CLinux_peer_credentials
    /// Bytes handed over and not yet worked off; changed only under the queue's lock.
    let outstanding = Atomic<Int>(0)
    private let way: Way
    private let isMute = Atomic(false)

    /// A connection of the stream socket.
    init(number: UInt64, credentials: CLinux_peer_credentials, handler: NIOLoopBound<IntakeHandler>) {
        self.number = number
        self.credentials = credentials
        way = .connection(handler)
    }

    /// A door that nobody is answered through; `resume` is called, on the event loop, when it may push again.
    init(resume: @escaping @Sendable () -> Void) {
        number = 0
        credentials = CLinux_peer_credentials(pid: getpid(), uid: getuid(), gid: getgid())
        way = .door(resume)
    }

    /// From now on nothing is written to it: it speaks a protocol without answers.
    func mute() {
        isMute.store(true, ordering: .relaxed)
    }

    /// Sends an answer; only on the event loop.
    func deliver(_ reply: Reply) {
        guard case .connection(let handler) = way else { return }
        if !isMute.load(ordering: .relaxed) {
            handler.value.deliver(reply)
        } else if case .close = reply {
            handler.value.deliver(.close([]))
        }
    }

    /// Goes on reading; only on the event loop.
    func resumeReading() {
        switch way {
        case .connection(let handler): handler.value.resumeReading()
        case .door(let resume): resume()
        }
    }
}
