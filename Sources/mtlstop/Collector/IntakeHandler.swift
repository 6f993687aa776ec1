import Glibc
import NIOCore

/// The event loop's side of one connection: hands bytes on, stops reading when the queue is full, writes answers.
///
/// Answers are bounded: what a peer does not read is left out (counted), of acks only the newest is kept. Nothing is
/// written while reading is paused: NIO closes the channel when a write fails, and only while it reads does it take in
/// first what a peer that has gone away had sent.
final class IntakeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How long a closed connection may take to read its last line.
    private static let farewell = TimeAmount.seconds(2)
    /// How many bytes of answers wait while reading is paused.
    private static let longestWait = 16 << 10

    private let queue: IntakeQueue
    private var peer: IntakePeer?
    private var context: ChannelHandlerContext?
    private var mayRead = true
    private var hasEnded = false
    private var isClosing = false
    private var waitingAck: UInt64?
    /// Lines that wait for the reading to go on.
    private var waitingLines: [UInt8] = []
    private let onClose: (Int) -> Void
    private var leftOut = 0

    init(queue: IntakeQueue, onClose: @escaping (Int) -> Void) {
        self.queue = queue
        self.onClose = onClose
    }

    /// Ties the handler to its connection; before anything is read.
    func attach(_ peer: IntakePeer) {
        self.peer = peer
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let peer, !isClosing else { return }
        mayRead = queue.push(.bytes(peer, unwrapInboundIn(data)))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if mayRead { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { end() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        onClose(leftOut)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if mayWrite(context) { writeWaiting(context) }
        context.fireChannelWritabilityChanged()
    }

    /// The ingest thread has room again.
    func resumeReading() {
        guard !mayRead else { return }
        mayRead = true
        guard let context else { return }
        context.read()
        if !isClosing { writeWaiting(context) }
    }

    /// Writes an answer, or leaves it out when the peer does not read.
    func deliver(_ reply: Reply) {
        guard let context, !isClosing else { return }
        switch reply {
        case .ack(let sequence):
            if mayWrite(context) { write(Reply.ackLine(sequence), context) } else { waitingAck = sequence }
        case .line(let line):
            if mayWrite(context) { write(line, context) } else { wait(line) }
        case .importantLine(let line):
            if mayRead { write(line, context) } else { waitingLines += line }
        case .notice(let line):
            if mayWrite(context) { write(line, context) } else { sendPast(line, context) }
        case .close(let line):
            close(after: line, context)
        }
    }

    private func mayWrite(_ context: ChannelHandlerContext) -> Bool {
        mayRead && context.channel.isWritable
    }

    /// Sends while reading is paused, past NIO, so that a peer that has gone away makes no write fail there.
    ///
    /// Only when nothing of ours waits before it; a socket takes a short line whole or not at all.
    private func sendPast(_ line: [UInt8], _ context: ChannelHandlerContext) {
        let options = context.channel.syncOptions
        guard let waiting = try? options?.getOption(.bufferedWritableBytes), waiting == 0 else {
            leftOut += 1
            return
        }
        let sent = try? context.channel.pipeline.syncOperations.withUnsafeTransportIfAvailable {
            (socket: NIOBSDSocket.Handle) in
            line.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT)) }
        }
        if sent != line.count { leftOut += 1 }
    }

    private func wait(_ line: [UInt8]) {
        if mayRead || waitingLines.count + line.count > Self.longestWait { leftOut += 1 } else { waitingLines += line }
    }

    private func writeWaiting(_ context: ChannelHandlerContext) {
        if !waitingLines.isEmpty { write(waitingLines, context) }
        waitingLines = []
        if let sequence = waitingAck { write(Reply.ackLine(sequence), context) }
        waitingAck = nil
    }

    /// After the last line the peer sees the end of the stream; what it still sends is thrown away for a moment,
    /// since closing a socket with unread bytes would destroy the line on its way.
    private func close(after line: [UInt8], _ context: ChannelHandlerContext) {
        isClosing = true
        writeWaiting(context)
        if !line.isEmpty { write(line, context) }
        guard !hasEnded else {
            let channel = context.channel
            context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in channel.close(promise: nil) }
            return scheduleClose(channel)
        }
        context.close(mode: .output, promise: nil)
        resumeReading()
        scheduleClose(context.channel)
    }

    private func scheduleClose(_ channel: any Channel) {
        channel.eventLoop.scheduleTask(in: Self.farewell) { channel.close(promise: nil) }
    }

    private func write(_ line: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: line)), promise: nil)
    }

    private func end() {
        guard let peer, !hasEnded else { return }
        hasEnded = true
        if isClosing { context?.close(promise: nil) }
        _ = queue.push(.ended(peer))
    }
}
