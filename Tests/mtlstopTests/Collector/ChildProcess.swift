import Glibc
import Testing

/// A run of the `mtlstop` that was built beside these tests; its input and output are files of a folder.
final class ChildProcess {
    let pid: pid_t
    private var status: Int32?
    let folder: TestFolder
    let label: String

    /// The program that belongs to these tests.
    static var program: String {
        guard let resolved = realpath("/proc/self/exe", nil) else { return "mtlstop" }
        defer { free(resolved) }
        let path = String(cString: resolved)
        return path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex) + "/mtlstop"
    }

    init(
        _ arguments: [String],
        in folder: TestFolder,
        label: String = "child",
        environment: [String: String] = [:],
        input: String? = nil,
        inherit: [Int32] = [],
        program: String = ChildProcess.program
    ) throws {
        self.folder = folder
        self.label = label
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let create = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input ?? "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, folder[label + ".out"], create, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, folder[label + ".err"], create, 0o600)
        for (index, descriptor) in inherit.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(3 + index))
        }
        // The threads that tests run on block most signals, and a child would inherit that: SIGTERM would not end it.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let variables = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        var child: pid_t = 0
        let result = Self.withStrings([program] + arguments) { arguments in
            Self.withStrings(variables.map { "\($0)=\($1)" }) {
                posix_spawn(&child, program, &actions, &attributes, arguments, $0)
            }
        }
        try #require(result == 0, "\(program): \(String(cString: strerror(result)))")
        pid = child
    }

    deinit {
        guard status == nil else { return }
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    var output: String { folder.text(of: label + ".out") }
    var errors: String { folder.text(of: label + ".err") }

    /// Sends a signal.
    func signal(_ number: Int32) {
        if status == nil { kill(pid, number) }
    }

    /// Waits for the end: the exit code, or 256 + the signal that ended it.
    ///
    /// A child that does not end is killed.
    func wait(atMost limit: Duration = .seconds(60)) throws -> Int32 {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if let code = ended() { return code }
            poll(nil, 0, 2)
        }
        kill(pid, SIGKILL)
        while ended() == nil {}
        throw Overdue(what: "\(label) did not end in \(limit): \(errors)")
    }

    /// The exit code once the process has ended.
    func ended() -> Int32? {
        if let status { return status }
        var raw: Int32 = 0
        guard waitpid(pid, &raw, WNOHANG) == pid else { return nil }
        status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 256 + (raw & 0x7F)
        return status
    }

    private static func withStrings<Result>(
        _ strings: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            withUnsafePointer(to: &buffer[0], body)
        }
    }
}

/// Something did not happen in time.
struct Overdue: Error {
    let what: String
}
