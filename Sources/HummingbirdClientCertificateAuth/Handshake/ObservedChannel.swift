import HummingbirdCore
import Logging
import NIOCore

/// A connection whose handshake is observed, below the TLS layer and the protocol that the server speaks.
struct ObservedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        channel.eventLoop.makeCompletedFuture {
            // The TLS handler comes next: what it reads and writes passes here in records.
            try channel.pipeline.syncOperations.addHandler(HandshakeObserver())
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
