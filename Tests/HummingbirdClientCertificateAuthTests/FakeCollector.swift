import NIOCore
import NIOPosix

/// A socket that takes events as `mtlstop collect` does: says hello, acknowledges every line, and keeps what came.
final class FakeCollector: Sendable {
    let path: String
    private let channel: any Channel
    private let lines: AsyncStream<String>

    init() async throws {
        path = "/tmp/mtlstop-collector-\(UInt64.random(in: 0 ... .max)).sock"
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Intake(continuation))
                }
            }
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
    }

    /// The next event.
    func next() async -> String? {
        var iterator = lines.makeAsyncIterator()
        return await iterator.next()
    }

    func close() async throws {
        try await channel.close()
    }

    private final class Intake: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let events: AsyncStream<String>.Continuation
        private var rest = ""
        private var count = 0

        init(_ events: AsyncStream<String>.Continuation) {
            self.events = events
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            rest += String(buffer: unwrapInboundIn(data))
            while let end = rest.firstIndex(of: "\n") {
                let line = String(rest[..<end])
                rest = String(rest[rest.index(after: end)...])
                let isHello = line.contains("\"mtlstop\"")
                if !isHello, line.contains("\"event\"") {
                    count += 1
                    events.yield(line)
                }
                let answer =
                    isHello
                    ? #"{"hello":1,"session":1,"last":0,"max_line":262144,"window":65536}"# : #"{"ack":\#(count)}"#
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer + "\n")), promise: nil)
            }
        }
    }
}
