import Glibc
import SafeText

/// Runs hooks beside the request that they are about.
enum HookRunner {
    /// Starts a hook in a task of its own; an error it throws becomes a line on stderr and nothing else.
    static func start(_ hook: @escaping @Sendable () async throws -> Void) {
        Task.detached {
            do {
                try await hook()
            } catch {
                report(error)
            }
        }
    }

    private static func report(_ error: any Error) {
        let text = SafeText(Untrusted(String(describing: error)), limit: 1024)
        let line = Array("client-certificate-auth: hook error: \(text.string)\n".utf8)
        // One call, so that lines of several hooks do not mix; there is nobody to tell when stderr is gone.
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
