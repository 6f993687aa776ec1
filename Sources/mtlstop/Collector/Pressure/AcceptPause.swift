import NIOCore

/// Pauses accepting for a moment when the system has no descriptor or no memory for a connection.
///
/// The listener is taken out of the event loop's set meanwhile: it stays readable, and would else be tried again and
/// again (NIO's own back-off keeps it registered).
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private static let length = TimeAmount.milliseconds(100)

    private let desk: ReceptionDesk

    init(_ desk: ReceptionDesk) {
        self.desk = desk
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        desk.couldNotAccept(error)
        let channel = context.channel
        _ = channel.setOption(.autoRead, value: false)
        channel.eventLoop.scheduleTask(in: Self.length) { _ = channel.setOption(.autoRead, value: true) }
    }
}
