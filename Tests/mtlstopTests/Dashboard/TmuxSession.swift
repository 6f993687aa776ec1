import Foundation
import Glibc
import Testing

/// A real terminal for a test: a tmux server of its own with a shell in it, killed when the test is over.
final class TmuxSession {
    private let name: String
    /// A private folder for the database and the socket.
    let folder: String

    /// The debug binary that the test run built.
    static let binary: String = {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        return root + "/.build/debug/mtlstop"
    }()

    init(columns: Int, rows: Int) throws {
        name = "mtlstop-test-\(getpid())-\(columns)-\(UInt32.random(in: 0...UInt32.max))"
        folder = "/tmp/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let shell = "env PS1='READY> ' LC_ALL=C.UTF-8 ENV= sh"
        try tmux("-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", shell)
    }

    deinit {
        _ = try? tmux("kill-server")
        try? FileManager.default.removeItem(atPath: folder)
    }

    var database: String { folder + "/audit.db" }
    var socket: String { folder + "/ingest.sock" }

    /// Types a line into the terminal.
    func run(_ line: String) throws {
        try tmux("send-keys", "-l", line)
        try tmux("send-keys", "Enter")
    }

    /// Presses keys, by tmux's names.
    func press(_ keys: String...) throws {
        for key in keys { try tmux("send-keys", key) }
    }

    /// What the terminal shows.
    func screen() throws -> String { try tmux("capture-pane", "-p") }

    /// True while a program has switched to the alternate screen.
    func isAlternate() throws -> Bool {
        try tmux("display-message", "-p", "#{alternate_on}").hasPrefix("1")
    }

    /// Waits until the terminal shows a text; records what it shows when that does not happen within 20 seconds.
    func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try wait("\"\(text)\"", sourceLocation) { $0.contains(text) }
    }

    /// Waits until a text is gone.
    func expectGone(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try wait("no \"\(text)\"", sourceLocation) { !$0.contains(text) }
    }

    private func wait(_ what: String, _ place: SourceLocation, until isThere: (String) -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(20)
        var shown = ""
        while ContinuousClock.now < deadline {
            shown = try screen()
            if isThere(shown) { return }
            usleep(30_000)
        }
        Issue.record("the terminal never showed \(what):\n\(shown)", sourceLocation: place)
        throw Missing()
    }

    struct Missing: Error {}

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
        try Self.output("tmux", ["-L", name] + arguments)
    }

    /// Runs a program to its end and returns its output.
    @discardableResult
    static func output(_ program: String, _ arguments: [String], input: String? = nil) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let output = Pipe()
        let source = Pipe()
        process.standardOutput = output
        process.standardInput = input == nil ? FileHandle.nullDevice : source
        try process.run()
        if let input {
            source.fileHandleForWriting.write(Data(input.utf8))
            try source.fileHandleForWriting.close()
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
