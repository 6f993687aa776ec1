import CLinux
import Glibc

/// The signals of a terminal program, as bytes in a pipe: one owner a process at a time.
final class SignalPipe {
    /// What the pipe held.
    struct Arrivals: Equatable {
        var signals: [TerminalSignal] = []
        /// SIGWINCH came, once or often.
        var sizeChanged = false
    }

    private let ends: PipeEnds

    init() throws(TerminalError) {
        ends = try PipeEnds()
        guard CLinux_signals_to_pipe(ends.writing) == 0 else {
            throw TerminalError(
                code: .busy,
                message: "a terminal is open already",
                remedy: "close it first"
            )
        }
    }

    deinit {
        CLinux_signals_restore()
    }

    /// The descriptor to wait on.
    var descriptor: Int32 { ends.reading }

    /// What came since the last look, repeats left out.
    func take() -> Arrivals {
        var result = Arrivals()
        for byte in ends.readAll() {
            if Int32(byte) == SIGWINCH {
                result.sizeChanged = true
            } else if let signal = SignalPipe.signal(Int32(byte)), result.signals.last != signal {
                result.signals.append(signal)
            }
        }
        return result
    }

    private static func signal(_ number: Int32) -> TerminalSignal? {
        switch number {
        case SIGTERM: .terminate
        case SIGHUP: .hangUp
        case SIGINT: .interrupt
        case SIGTSTP: .suspend
        case SIGCONT: .resume
        default: nil
        }
    }
}
