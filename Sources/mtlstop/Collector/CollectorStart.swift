import AuditStore
import CLinux
import CertCore
import Glibc
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// The steps by which a collector comes to life.
struct CollectorStart {
    let queue: IntakeQueue
    let meter = IntakeMeter()
    private let configuration: CollectorConfiguration
    private let eventLoop: any EventLoop
    private let threads: NIOThreadPool
    private let logger: Logger

    /// What the kernel should queue of connections that are not yet accepted: a burst of clients after a restart.
    private static let backlog: Int32 = 4096
    /// A reply that a peer does not read waits up to here; beyond it replies are left out.
    private static let waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 16 << 10, high: 64 << 10)

    init(
        _ configuration: CollectorConfiguration,
        _ eventLoop: any EventLoop,
        _ threads: NIOThreadPool,
        _ logger: Logger
    ) {
        self.configuration = configuration
        queue = IntakeQueue(limit: configuration.queueLimit)
        self.eventLoop = eventLoop
        self.threads = threads
        self.logger = logger
    }

    /// Opens the database on the ingest thread, which owns it from then on; the result ends with that thread's work.
    func openDatabase(elseClosing descriptor: CInt) throws -> EventLoopFuture<Void> {
        let opened = eventLoop.makePromise(of: Void.self)
        let finished = eventLoop.makePromise(of: Void.self)
        let (queue, meter, eventLoop, logger, configuration) = (queue, meter, eventLoop, logger, configuration)
        threads.submit { _ in
            do {
                let writer = try AuditWriter(path: configuration.databasePath, now: .now())
                let loop = IngestLoop(
                    queue: queue,
                    writer: writer,
                    meter: meter,
                    configuration: configuration,
                    eventLoop: eventLoop,
                    logger: logger
                )
                opened.succeed()
                finished.completeWith(Result { try loop.run() })
            } catch {
                opened.fail(error)
                finished.succeed()
            }
        }
        do {
            try opened.futureResult.wait()
        } catch {
            close(descriptor)
            throw (error as? StoreError).map(Failure.init(store:)) ?? error
        }
        return finished.futureResult
    }

    /// Takes the bound socket into use.
    func listen(_ descriptor: CInt) throws -> any Channel {
        let desk = ReceptionDesk(queue: queue, meter: meter, configuration: configuration, logger: logger)
        let listener = try ServerBootstrap(group: eventLoop)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPause(desk))
                }
            }
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.writeBufferWaterMark, value: Self.waterMark)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 1 << 10, initial: 4 << 10, maximum: 64 << 10)
            )
            .childChannelInitializer { desk.receive($0) }
            .withBoundSocket(descriptor)
            .wait()
        // NIO listens with a short queue on a socket it did not bind; asking again only widens it.
        _ = Glibc.listen(descriptor, Self.backlog)
        return listener
    }
}
