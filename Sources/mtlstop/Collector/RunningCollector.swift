import AuditStore
import CLinux
import Glibc
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// A collector at work on threads of its own: one event loop, one ingest thread.
///
/// The synchronous form that the dashboard and the demonstration embed; `mtlstop collect` wraps it in
/// ``CollectorService``. ``stop()`` drains, commits and removes the socket.
final class RunningCollector: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let threads: NIOThreadPool
    private let queue: IntakeQueue
    private let meter: IntakeMeter
    private let place: ListeningPlace
    private let listener: any Channel
    private let doors: Doors
    private let ingest: EventLoopFuture<Void>
    private let isStopped = Mutex(false)

    /// Starts collecting; returns when the socket is bound and the database is open.
    ///
    /// - Throws: ``Failure`` with the status that the command exits with.
    static func start(
        _ configuration: CollectorConfiguration,
        logger: Logger = Logger(label: "mtlstop.collector")
    ) throws -> RunningCollector {
        // What one thread allocates another frees: an arena for each only keeps more memory (10 MiB measured), and is no faster.
        CLinux_limit_arenas(1)
        let (place, descriptor) = try ListeningPlace.take(configuration)
        let doors = try place.keeping(descriptor) { try Doors(configuration, logger: logger) }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        let start = CollectorStart(configuration, group.next(), threads, logger)
        do {
            let ingest = try start.openDatabase(elseClosing: descriptor)
            let listener = try start.listen(descriptor)
            try doors.open(configuration, queue: start.queue, logger: logger)
            return RunningCollector(group, threads, start, place, listener, doors, ingest)
        } catch {
            place.leave()
            doors.close()
            start.queue.requestStop()
            try? threads.syncShutdownGracefully()
            try? group.syncShutdownGracefully()
            throw error
        }
    }

    private init(
        _ group: MultiThreadedEventLoopGroup,
        _ threads: NIOThreadPool,
        _ start: CollectorStart,
        _ place: ListeningPlace,
        _ listener: any Channel,
        _ doors: Doors,
        _ ingest: EventLoopFuture<Void>
    ) {
        self.group = group
        self.threads = threads
        self.queue = start.queue
        self.meter = start.meter
        self.place = place
        self.listener = listener
        self.doors = doors
        self.ingest = ingest
    }

    deinit {
        // Who forgets to stop it does not leave threads behind; what was acknowledged is durable in any case.
        try? stop()
    }

    /// The path of the socket.
    var socketPath: String { place.address.path }

    /// What it has done so far, and how it is; from any thread, at the price of two short locks.
    var counters: IntakeCounters {
        var counters = meter.counters
        (counters.queuedMessages, counters.queuedBytes) = queue.depth
        return counters
    }

    /// Stops: no new connections, what was sent is read and committed, clients are told, the socket is removed.
    ///
    /// A second call does nothing.
    ///
    /// - Throws: what the last commit failed with; then the unacknowledged tail is lost here and its senders resend.
    func stop() throws {
        let isFirst = isStopped.withLock { isStopped in
            defer { isStopped = true }
            return !isStopped
        }
        guard isFirst else { return }
        place.leave()
        doors.close()
        queue.requestStop()
        defer {
            try? threads.syncShutdownGracefully()
            try? group.syncShutdownGracefully()
        }
        let result = Result { try ingest.wait() }
        try? listener.close().wait()
        do {
            try result.get()
        } catch let error as StoreError {
            throw Failure(store: error)
        }
    }
}
