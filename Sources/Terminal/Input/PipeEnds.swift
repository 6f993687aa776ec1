import Glibc

/// Both ends of a pipe that never blocks; closed with the value.
final class PipeEnds: Sendable {
    let reading: Int32
    let writing: Int32

    init() throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw TerminalError.system("cannot make a pipe") }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        reading = ends[0]
        writing = ends[1]
    }

    deinit {
        Glibc.close(reading)
        Glibc.close(writing)
    }

    /// Writes one byte; a full pipe has woken its reader already.
    func write(_ byte: UInt8) {
        var byte = byte
        while Glibc.write(writing, &byte, 1) < 0, errno == EINTR {}
    }

    /// All bytes that wait.
    func readAll() -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(reading, &buffer, buffer.count)
            if count > 0 {
                result.append(contentsOf: buffer[..<count])
            } else if count == 0 || errno != EINTR {
                return result
            }
        }
    }
}

extension TerminalError {
    /// The error of the system call that has just failed.
    static func system(_ what: String) -> TerminalError {
        let reason = strerror(errno).map { String(cString: $0) } ?? "unknown reason"
        return TerminalError(code: .system, message: "\(what): \(reason)", remedy: "see the system's log")
    }
}
