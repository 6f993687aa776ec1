import Glibc
import SafeText

/// What `send` tells on stderr: bad lines, what the collector says, progress for a person who waits.
struct SendReport {
    /// How many lines of the input were no events.
    private(set) var badLines = 0
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let begin = ContinuousClock.now
    private var lastProgress = ContinuousClock.now
    private var showsProgress = false

    /// Names a line that was not stored.
    mutating func bad(line: Int64, code: String, message: String) {
        badLines += 1
        say(SafeText("mtlstop: standard input, line \(line): \(message) (\(code); the other lines are sent)"))
    }

    /// Names an event that was stored without its certificate.
    mutating func note(line: Int64, code: String, message: String) {
        say(SafeText("mtlstop: standard input, line \(line): \(message) (\(code))"))
    }

    /// Says why it takes longer.
    mutating func waiting(_ why: String) {
        say(SafeText("mtlstop: \(why)"))
    }

    /// After a second, and then a few times a second, a person sees how far it is.
    mutating func progress(durable: UInt64) {
        let now = ContinuousClock.now
        guard isTerminal, now - begin > .seconds(1), now - lastProgress > .milliseconds(200) else { return }
        lastProgress = now
        showsProgress = true
        let rate = Double(durable) / max((now - begin).seconds, 0.001)
        print("\r\u{1B}[K\(durable) events durable, \(Int(rate)) a second")
    }

    /// Removes the progress line.
    mutating func finish() {
        if showsProgress { print("\r\u{1B}[K") }
        showsProgress = false
    }

    private mutating func say(_ text: SafeText) {
        finish()
        print(text.string + "\n")
    }

    /// What cannot be told to stderr is not worth failing for.
    private func print(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
