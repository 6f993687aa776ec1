import Glibc
import Synchronization

/// Wakes a terminal driver that waits for input, from any thread.
package struct TerminalWaker: Sendable {
    let pipe: WakePipe

    /// Makes the driver report ``TerminalInput/wake``; many calls before it looks are one.
    package func wake() {
        pipe.wake()
    }
}

/// A pipe that holds at most one byte: somebody called ``TerminalWaker/wake()`` and nobody looked since.
final class WakePipe: Sendable {
    private let ends: PipeEnds
    private let isPending = Atomic<Bool>(false)

    init() throws(TerminalError) {
        ends = try PipeEnds()
    }

    /// The descriptor to wait on.
    var descriptor: Int32 { ends.reading }

    func wake() {
        if !isPending.exchange(true, ordering: .acquiringAndReleasing) { ends.write(0) }
    }

    /// True when somebody called ``wake()`` since the last look.
    func take() -> Bool {
        // Lowered after the pipe was emptied: lowered before, a call in between would raise it for a byte that this
        // look reads away, and no later call would write one. A call in between now writes none: this look answers it.
        let bytes = ends.readAll()
        _ = isPending.exchange(false, ordering: .acquiringAndReleasing)
        return !bytes.isEmpty
    }
}
