import CertCore
import Glibc

/// Says how far a report has come: a line on stderr when a person watches and it takes a while, or to a listener.
final class ReportProgress {
    private let isShown: Bool
    private let listener: ((Double, Int64) throws -> Void)?
    private let begun = Timestamp.now()
    private var lastShown: Int64 = 0
    private var hasLine = false

    /// Shown only on a terminal.
    init(isShown: Bool = isatty(STDERR_FILENO) == 1) {
        self.isShown = isShown
        listener = nil
    }

    /// Told to a listener instead; what it throws ends the report.
    init(_ listener: @escaping (Double, Int64) throws -> Void) {
        isShown = false
        self.listener = listener
    }

    /// Notes the progress, 0…1; drawn from the second second on, four times a second.
    func show(_ part: Double, events: Int64) throws {
        try listener?(part, events)
        let elapsed = Timestamp.now() - begun
        guard isShown, elapsed >= 1000, elapsed - lastShown >= 250 else { return }
        lastShown = elapsed
        hasLine = true
        Self.write("\r\(Int(part * 100)) %  \(events) events")
    }

    /// Takes the line away.
    func end() {
        guard hasLine else { return }
        Self.write("\r\u{1B}[K")
        hasLine = false
    }

    /// Past the buffer of stderr; a terminal that takes nothing loses only the progress.
    private static func write(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
