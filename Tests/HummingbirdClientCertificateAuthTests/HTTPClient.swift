import NIOCore
import NIOPosix
import NIOSSL

/// One HTTP/1.1 request over a connection of its own, with or without TLS.
enum HTTPClient {
    struct Answer: Sendable {
        let status: Int
        let head: String
        let body: String
    }

    /// As ``get(_:port:headers:tls:)``, for a server that may still be starting: tries until it listens.
    static func get(_ path: String, port: Int, tls: TLSConfiguration, patience: Duration) async throws -> Answer {
        let deadline = ContinuousClock.now + patience
        while true {
            do {
                return try await get(path, port: port, tls: tls)
            } catch  where error is NIOConnectionError || error is IOError {
                guard ContinuousClock.now < deadline else { throw error }
                await Task.yield()
            }
        }
    }

    static func get(
        _ path: String,
        port: Int,
        headers: [(String, String)] = [],
        tls: TLSConfiguration? = nil
    ) async throws -> Answer {
        let promise = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: String.self)
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        var head = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        let request = head + "\r\n"
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                if let context {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
                try channel.pipeline.syncOperations.addHandler(Exchange(request: request, answer: promise))
            }
        }
        do {
            _ = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
        } catch {
            promise.fail(error)
        }
        return parse(try await promise.futureResult.get())
    }

    private static func parse(_ text: String) -> Answer {
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
        let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(status: status, head: String(parts.first ?? ""), body: parts.count > 1 ? String(parts[1]) : "")
    }

    /// Sends the request when connected and collects everything until the end.
    private final class Exchange: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let request: String
        private let answer: EventLoopPromise<String>
        private var received = ""

        init(request: String, answer: EventLoopPromise<String>) {
            self.request = request
            self.answer = answer
        }

        func channelActive(context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
        }

        func channelInactive(context: ChannelHandlerContext) {
            answer.succeed(received)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            // A peer that closes without a TLS goodbye has answered all the same.
            if received.isEmpty { answer.fail(error) } else { answer.succeed(received) }
            context.close(promise: nil)
        }
    }
}
