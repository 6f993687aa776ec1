import Dispatch
import Foundation
import Testing

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
        // The cooperative pool has as many threads as cores: waiting for a program must happen elsewhere.
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try run(port: port, folder: folder, arguments) })
            }
        }
    }

    private static func run(port: Int, folder: String, _ arguments: [String]) throws -> Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "timeout", "20", "openssl", "s_client", "-connect", "127.0.0.1:\(port)", "-servername", "localhost",
                "-CAfile", "\(folder)/ca.pem", "-verify_return_error", "-ign_eof",
            ] + arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        input.fileHandleForWriting.write(
            Data("GET /private/whoami HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
        )
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        input.fileHandleForWriting.closeFile()
        return Answer(text: String(decoding: answer, as: UTF8.self))
    }
}
