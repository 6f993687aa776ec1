/// One request by `openssl s_client`, which can go on with the session of an earlier connection.
enum OpenSSLClient {
    struct Answer: Sendable {
        let text: String

        /// Whether the client says that the session was resumed.
        var isResumed: Bool { text.contains("\nReused, TLS") }
    }

    /// Asks for `/private/whoami`.
    ///
    /// - Parameters:
    ///   - arguments: What is given to s_client beside address, host name and trust.
    static func get(port: Int, folder: String, _ arguments: [String]) async throws -> Answer {
        let program = [
            "openssl", "s_client", "-connect", "127.0.0.1:\(port)", "-servername", "localhost",
            "-CAfile", "\(folder)/ca.pem", "-verify_return_error", "-ign_eof",
        ]
        let request = "GET /private/whoami HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        return Answer(text: try await Program.output(program + arguments, input: request))
    }
}
