import Glibc

/// An event of our own, so that somebody sees the way from the socket to the screen.
enum TestEvent {
    private static let line = """
        {"event":"authenticated","cn":"mtlstop-test","method":"GET","path":"/mtlstop-test","service":"mtlstop",\
        "source":"test"}

        """

    /// Writes the event to the socket; never waits.
    static func send(to path: String) throws(SocketError) {
        guard let address = SocketAddress(path: path) else { throw SocketError(call: "connect", number: ENAMETOOLONG) }
        let socket = try UnixSocket(nonBlocking: true)
        try socket.connect(to: address)
        let bytes = Array(line.utf8)
        guard Glibc.send(socket.descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw SocketError(call: "send", number: errno)
        }
    }
}
