import Glibc

/// A program that was started; its output goes to a file.
final class Program {
    let pid: pid_t
    private var hasEnded = false

    init(_ command: [String], input: String = "/dev/null", output: String, folder: ScratchFolder) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(
            &actions,
            STDERR_FILENO,
            folder["errors.txt"],
            O_WRONLY | O_CREAT | O_TRUNC,
            0o600
        )
        var child: pid_t = 0
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let result = posix_spawnp(&child, command[0], &actions, nil, &arguments, environ)
        guard result == 0 else { throw BenchmarkError(command[0], result) }
        pid = child
    }

    deinit {
        guard !hasEnded else { return }
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    /// Waits for the end; the exit code, or 256 + the signal.
    func wait() throws -> Int32 { try waitMeasured().status }

    /// Waits for the end; the exit code, or 256 + the signal, and the most memory it had, in bytes.
    ///
    /// The kernel's figure after the end counts what the benchmarks held when they started the program; the one asked
    /// for meanwhile is the program's own, and misses at most its last 10 ms.
    func waitMeasured() throws -> (status: Int32, peak: Int) {
        var raw: Int32 = 0
        var peak = 0
        while true {
            let ended = waitpid(pid, &raw, WNOHANG)
            if ended == pid { break }
            if ended < 0, errno != EINTR { throw BenchmarkError("waitpid", errno) }
            peak = max(peak, ProcessMemory.peak(of: pid))
            usleep(10_000)
        }
        hasEnded = true
        return (raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 256 + (raw & 0x7F), peak)
    }
}
