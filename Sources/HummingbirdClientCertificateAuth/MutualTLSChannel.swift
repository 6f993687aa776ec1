import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// A connection with TLS whose handshake is observed, below the protocol that the server speaks.
struct MutualTLSChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let context: NIOSSLContext
    let verifier: ClientCertificateVerifier?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(HandshakeObserver())
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLServerHandler(
                    context: context,
                    customVerificationCallback: verifier?.verificationCallback,
                    configuration: .init()
                )
            )
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
