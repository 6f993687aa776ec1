import AuditStore
import CertCore
import Glibc
import Synchronization

/// A line on stderr that says how far a verification has come, when a person watches and it takes a while.
final class VerifyProgress: Sendable {
    private struct State {
        var lastShown: Int64 = 0
        var hasLine = false
    }

    private let isShown: Bool
    private let begun = Timestamp.now()
    private let state = Mutex(State())

    /// Shown only on a terminal.
    init(isShown: Bool = isatty(STDERR_FILENO) == 1) {
        self.isShown = isShown
    }

    /// Notes the progress; drawn from the second second on, four times a second.
    func show(_ progress: LedgerVerifier.Progress) {
        let elapsed = Timestamp.now() - begun
        guard isShown, elapsed >= 1000 else { return }
        state.withLock { state in
            guard elapsed - state.lastShown >= 250 else { return }
            state.lastShown = elapsed
            state.hasLine = true
            let part = progress.total > 0 ? progress.done * 100 / progress.total : 100
            Self.write("\r\(part) %  segment \(progress.done) of \(progress.total)")
        }
    }

    /// Takes the line away.
    func end() {
        state.withLock { state in
            if state.hasLine { Self.write("\r\u{1B}[K") }
            state.hasLine = false
        }
    }

    private static func write(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
