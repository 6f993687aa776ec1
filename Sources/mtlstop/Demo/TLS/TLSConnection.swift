import COpenSSL

/// One end of a TLS connection over a loopback socket; used by one thread.
final class TLSConnection {
    private let pointer: OpaquePointer
    private let socket: LoopbackSocket

    /// Longest HTTP message that either end reads.
    private static let longestMessage = 16 << 10

    init(context: TLSContext, socket: LoopbackSocket) throws {
        pointer = try context.withUnsafeContext { try made(SSL_new($0), "make a TLS connection") }
        self.socket = socket
        try check(SSL_set_fd(pointer, socket.descriptor), "give a TLS connection its socket")
    }

    deinit { SSL_free(pointer) }

    /// Lends the connection to a call; the pointer must not outlive it.
    func withUnsafeConnection<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
        try body(pointer)
    }

    /// The server's half of the handshake.
    func accept() throws {
        ERR_clear_error()
        try check(SSL_accept(pointer), "TLS handshake of the server")
    }

    /// The client's half of the handshake.
    func connect() throws {
        ERR_clear_error()
        try check(SSL_connect(pointer), "TLS handshake of the client")
    }

    /// Sends all bytes.
    func send(_ bytes: [UInt8]) throws {
        ERR_clear_error()
        if SSL_write(pointer, bytes, Int32(bytes.count)) != Int32(bytes.count) {
            throw TLSFailure.openSSL("send over TLS")
        }
    }

    /// Reads until the empty line that ends an HTTP head, the end of the stream, or the size limit.
    func receiveHead() throws -> [UInt8] {
        ERR_clear_error()
        var head: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while head.count < Self.longestMessage, !head.endsWithEmptyLine {
            let count = SSL_read(pointer, &part, Int32(part.count))
            if count <= 0 {
                if SSL_get_error(pointer, count) == SSL_ERROR_ZERO_RETURN { break }
                throw TLSFailure.openSSL("receive over TLS")
            }
            head += part.prefix(Int(count))
        }
        return head
    }

    /// Says goodbye, so that the session may be resumed later.
    func finish() {
        SSL_shutdown(pointer)
    }

    /// "TLSv1.2" or "TLSv1.3".
    var protocolVersion: String { String(cString: SSL_get_version(pointer)) }

    /// OpenSSL's name of the cipher, the one that Node's `getCipher().name` gives.
    var cipher: String? {
        SSL_CIPHER_get_name(SSL_get_current_cipher(pointer)).map { String(cString: $0) }
    }

    /// True when the handshake went on from an earlier session and verified nothing anew.
    var isResumed: Bool { SSL_session_reused(pointer) == 1 }

    /// The host name that the client asked for.
    var serverName: String? {
        SSL_get_servername(pointer, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
    }

    /// The X509_V_ERR code of the peer's certificate; 0 also when it sent none.
    var verifyResult: Int32 { Int32(SSL_get_verify_result(pointer)) }

    /// What the client presented: leaf first, as DER; empty when it sent nothing, only the leaf in a resumed session.
    var peerChain: [[UInt8]] {
        guard let leaf = SSL_get0_peer_certificate(pointer) else { return [] }
        let others = SSL_get_peer_cert_chain(pointer)
        let issuers = (0..<max(0, COpenSSL_X509_list_count(others))).compactMap { COpenSSL_X509_list_at(others, $0) }
        return ([leaf] + issuers).map(DemoCertificate.der(of:))
    }
}

extension [UInt8] {
    fileprivate var endsWithEmptyLine: Bool { suffix(4).elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]) }
}
