import AuditEvents
import CLinux
import Glibc
import Logging
import NIOPosix
import Synchronization

/// The syslog datagram socket and the thread that empties it.
final class SyslogDoor: Sendable {
    private let place: ListeningPlace
    private let socket: Int32
    private let wake: WakePipe
    private let threads = NIOThreadPool(numberOfThreads: 1)
    private let isStopping = Atomic(false)
    private let mayResume = Atomic(false)

    /// How eagerly the thread wants the processor where it may not go before all others: a late reader is what datagrams
    /// are lost by.
    private static let niceness: Int32 = -20

    /// A door at a bound socket, which it closes in the end.
    init(place: ListeningPlace, socket: Int32) throws {
        self.place = place
        self.socket = socket
        wake = try WakePipe.make()
        guard CLinux_pass_credentials(socket) == 0 else {
            throw Failure.fromSystem(errno, what: place.address.path, call: "SO_PASSCRED")
        }
        _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK)
    }

    /// Starts to read.
    func open(queue: IntakeQueue, access: @escaping @Sendable () -> IntakeAccess, logger: Logger) throws {
        warnOfShortQueue(logger)
        let peer = IntakePeer { [self] in
            mayResume.store(true, ordering: .releasing)
            wake.wake()
        }
        threads.start()
        let receiver = try DatagramReceiver()
        threads.submit { [self] _ in
            run(SyslogReading(receiver, socket: socket, queue: queue, peer: peer, access: access))
        }
    }

    /// Reads what waits, ends the thread, removes the socket.
    func close() {
        place.leave()
        isStopping.store(true, ordering: .releasing)
        wake.wake()
        try? threads.syncShutdownGracefully()
        Glibc.close(socket)
    }

    private func run(_ reading: SyslogReading) {
        // Without the right to it the thread is as eager as any other.
        var isFirst = CLinux_raise_thread(Self.niceness)
        var isFlooded = false
        var waits = [
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        while !isStopping.load(ordering: .acquiring) {
            poll(&waits, 2, reading.hasLosses ? 1000 : -1)
            if waits[1].revents != 0 { wake.drain() }
            if mayResume.exchange(false, ordering: .acquiring) { reading.resume() }
            let isCalm = reading.readAll()
            // A flood must not keep the processor from those who store it: whoever sends one may lose records.
            if isFirst, !isCalm {
                CLinux_calm_thread()
                isFirst = false
                isFlooded = true
            } else if isFlooded, isCalm {
                isFirst = CLinux_raise_thread(Self.niceness)
                isFlooded = false
            }
        }
        reading.finish()
    }

    private func warnOfShortQueue(_ logger: Logger) {
        guard let length = KernelSetting.datagramQueue(), length < KernelSetting.shortQueue else { return }
        logger.warning(
            "net.unix.max_dgram_qlen is \(length): bursts of syslog datagrams will be lost",
            metadata: ["mend": "sysctl -w net.unix.max_dgram_qlen=4096 before the collector starts"]
        )
    }
}
