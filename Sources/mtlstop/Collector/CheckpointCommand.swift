import Dispatch
import Glibc
import Logging
import SafeText
import Synchronization

/// Runs a shell command for each checkpoint, one after the other, off the ingest thread.
///
/// The note is the command's standard input. A command that hangs is ended; while one runs only the newest checkpoints
/// wait, since a later one covers what an earlier one does.
final class CheckpointCommand: Sendable {
    private static let patienceMilliseconds = 30_000
    private static let mostWaiting = 16

    private let command: String
    private let logger: Logger
    private let queue = DispatchQueue(label: "mtlstop.checkpoint-command")
    private let waiting = Mutex(0)

    init(_ command: String, logger: Logger) {
        self.command = command
        self.logger = logger
    }

    /// Runs the command with a note, later.
    func run(_ note: String) {
        let isCrowded = waiting.withLock { count in
            count += count < Self.mostWaiting ? 1 : 0
            return count >= Self.mostWaiting
        }
        if isCrowded { return }
        queue.async {
            self.waiting.withLock { $0 -= 1 }
            if let problem = self.spawn(note) {
                let metadata: Logger.Metadata = ["error": "\(SafeText(problem))"]
                self.logger.warning("the checkpoint command failed", metadata: metadata)
            }
        }
    }

    /// Waits for what was asked for so far.
    func drain() {
        queue.sync {}
    }

    /// Runs the command to its end; returns what went wrong.
    private func spawn(_ note: String) -> String? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return String(cString: strerror(errno)) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A note fits into a pipe's buffer, so that writing it never waits for the command.
        let bytes = Array(note.utf8)
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        _ = write(ends[1], bytes, bytes.count)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        var process: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sh"), strdup("-c"), strdup(command), nil]
        defer { for argument in arguments { free(argument) } }
        let failure = posix_spawn(&process, "/bin/sh", &actions, nil, &arguments, environ)
        for end in ends { close(end) }
        guard failure == 0 else { return String(cString: strerror(failure)) }
        return wait(for: process)
    }

    private func wait(for process: pid_t) -> String? {
        var status: Int32 = 0
        for _ in 0..<(Self.patienceMilliseconds / 10) {
            if waitpid(process, &status, WNOHANG) == process { return Self.problem(status) }
            usleep(10_000)
        }
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        return "it took longer than \(Self.patienceMilliseconds / 1000) seconds and was ended"
    }

    private static func problem(_ status: Int32) -> String? {
        if status == 0 { return nil }
        return status & 0x7F == 0 ? "it ended with code \(status >> 8 & 0xFF)" : "signal \(status & 0x7F) ended it"
    }
}
