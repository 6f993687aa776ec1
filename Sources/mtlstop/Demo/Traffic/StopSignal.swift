import Glibc

/// Ends a wait early: a pipe whose write end is closed when it is time to stop.
final class StopSignal: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) != 0 { throw TLSFailure(step: "make a pipe", cause: String(cString: strerror(errno))) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Makes every present and later wait return true at once.
    func raise() {
        var mark: UInt8 = 1
        write(writeEnd, &mark, 1)
    }

    /// Waits at most that long; true when it is time to stop.
    func wait(milliseconds: Int) -> Bool {
        var watched = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, Int32(clamping: max(0, milliseconds))) > 0
    }

    /// True when it is time to stop.
    var isRaised: Bool { wait(milliseconds: 0) }
}
