import Dispatch
import Foundation

/// A program that is run to its end, in twenty seconds at the most.
enum Program {
    /// Everything that the program printed.
    static func output(_ arguments: [String], input: String = "") async throws -> String {
        // The cooperative pool has as many threads as cores: waiting for a program must happen elsewhere.
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try run(arguments, input) })
            }
        }
    }

    private static func run(_ arguments: [String], _ text: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["timeout", "20"] + arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        input.fileHandleForWriting.write(Data(text.utf8))
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        input.fileHandleForWriting.closeFile()
        return String(decoding: answer, as: UTF8.self)
    }
}
