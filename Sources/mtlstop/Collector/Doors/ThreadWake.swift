import Glibc

/// Wakes a thread that polls: one end is polled, a byte written to the other ends the wait.
final class ThreadWake: Sendable {
    /// Readable when the thread was woken.
    let descriptor: Int32
    private let writer: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw Failure.fromSystem(errno, what: "a pipe between threads", call: "pipe2")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        writer = ends[1]
    }

    deinit {
        close(descriptor)
        close(writer)
    }

    /// Ends the thread's wait, or the next one.
    func wake() {
        var byte: UInt8 = 1
        // A full pipe wakes as well as one more byte would.
        _ = write(writer, &byte, 1)
    }

    /// Forgets that it was woken.
    func clear() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while read(descriptor, &bytes, 16) > 0 {}
    }
}
