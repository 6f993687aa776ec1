import Foundation
import Glibc

/// A pseudo terminal whose other end is read all the time, so that nothing painted ever blocks.
final class PseudoTerminal: Sendable {
    /// The end a program paints on.
    let slave: Int32
    /// The name of that end.
    let path: String
    private let master: Int32
    private let stop: [Int32]
    private let received = Received()
    private let finished = DispatchSemaphore(value: 0)

    struct Failure: Error {}

    init(columns: UInt16, rows: UInt16) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var locked: Int32 = 0
        var number: UInt32 = 0
        // The Glibc module hides posix_openpt and its family: TIOCSPTLCK unlocks, TIOCGPTN tells the other end's number.
        guard master >= 0, ioctl(master, 0x4004_5431, &locked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
            throw Failure()
        }
        path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY)
        var stop: [Int32] = [-1, -1]
        pipe(&stop)
        self.stop = stop
        guard slave >= 0 else { throw Failure() }
        resize(columns: columns, rows: rows)
        Thread.detachNewThread { [master, received, finished, stopping = stop[0]] in
            var waiting = [master, stopping].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            var buffer = [UInt8](repeating: 0, count: 4096)
            while poll(&waiting, 2, -1) > 0, waiting[1].revents == 0 {
                let count = read(master, &buffer, buffer.count)
                guard count > 0 else { break }
                received.append(buffer[..<count])
            }
            finished.signal()
        }
    }

    /// Types bytes as a user would.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Everything painted so far.
    var output: [UInt8] { received.bytes }

    /// Waits until all that was painted satisfies a condition, at most ten seconds.
    func waitUntil(_ isReached: ([UInt8]) -> Bool) -> Bool {
        received.wait(until: isReached)
    }

    /// Waits until a text was painted.
    func waits(for text: String) -> Bool {
        let wanted = Array(text.utf8)
        return waitUntil { $0.firstRange(of: wanted) != nil }
    }

    /// The terminal goes away: what its program sees when a window is closed.
    func vanish() {
        close(stop[1])
        _ = finished.wait(timeout: .now() + 10)
        close(master)
    }

    /// Closes everything.
    func hangUp() {
        vanish()
        close(slave)
        close(stop[0])
    }
}

/// Bytes that one thread collects and another waits for.
private final class Received: @unchecked Sendable {
    // `condition` is the lock of `collected`.
    private let condition = NSCondition()
    private var collected: [UInt8] = []

    var bytes: [UInt8] {
        condition.lock()
        defer { condition.unlock() }
        return collected
    }

    func append(_ bytes: ArraySlice<UInt8>) {
        condition.lock()
        collected.append(contentsOf: bytes)
        condition.broadcast()
        condition.unlock()
    }

    func wait(until isReached: ([UInt8]) -> Bool) -> Bool {
        let deadline = Date(timeIntervalSinceNow: 10)
        condition.lock()
        defer { condition.unlock() }
        while !isReached(collected) {
            if !condition.wait(until: deadline) { return isReached(collected) }
        }
        return true
    }
}
