import COpenSSL

/// What a client keeps of a connection to shorten the next handshake; used by one thread.
final class TLSSession {
    private let pointer: OpaquePointer

    /// Keeps the session of a connection; nil when the server gave none that can be resumed.
    init?(of connection: TLSConnection) {
        guard let session = connection.withUnsafeConnection({ SSL_get1_session($0) }) else { return nil }
        guard SSL_SESSION_is_resumable(session) == 1 else {
            SSL_SESSION_free(session)
            return nil
        }
        pointer = session
    }

    deinit { SSL_SESSION_free(pointer) }

    /// Offers the session in a connection that has not begun its handshake.
    func offer(in connection: TLSConnection) throws {
        try connection.withUnsafeConnection { try check(SSL_set_session($0, pointer), "offer a session") }
    }
}
