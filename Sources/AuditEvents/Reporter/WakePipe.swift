import Glibc

/// Wakes a thread that waits in `poll`; any thread may call ``wake()``.
///
/// Every wake-up is a byte in the pipe until the thread drains it, so none is lost between two waits: who drains before
/// looking at what is to be done misses nothing.
package final class WakePipe: Sendable {
    /// What the thread polls for input.
    package let readEnd: Int32
    private let writeEnd: CInt

    /// A pipe; nil when the process has no descriptors left.
    package init?() {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Ends the wait that runs, or the next one.
    package func wake() {
        var byte: UInt8 = 1
        // A full pipe wakes just as well, so the result does not matter.
        _ = write(writeEnd, &byte, 1)
    }

    /// Forgets that it was woken.
    package func drain() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while read(readEnd, &bytes, 16) > 0 {}
    }

    /// Waits until somebody wakes it, at most so many milliseconds, and forgets it.
    package func wait(milliseconds: Int32) {
        var descriptor = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        if poll(&descriptor, 1, milliseconds) > 0 { drain() }
    }
}
