import CLinux
import Glibc

/// Owns the slots that datagrams are received into.
final class DatagramReceiver {
    /// How many are taken with one system call.
    static let slots: UInt32 = 64
    /// The longest datagram that is kept whole; a longer one is told and stored as a bad line.
    static let longest = 64 << 10

    private let memory: OpaquePointer

    init() throws {
        guard let made = CLinux_datagrams_make(Self.slots, Self.longest) else {
            throw Failure(.ioError, what: "the syslog socket", why: "there is no memory for its buffers")
        }
        memory = made
    }

    deinit {
        CLinux_datagrams_free(memory)
    }

    /// Takes what waits, without waiting; gives how many, or minus the `errno`.
    func receive(from socket: Int32) -> Int {
        let count = CLinux_datagrams_receive(memory, socket)
        return count >= 0 ? Int(count) : -Int(errno)
    }

    /// Lends one of the datagrams that were taken last.
    func withDatagram<Result>(_ index: Int, _ body: (CLinux_datagram, UnsafeRawBufferPointer) -> Result) -> Result {
        let datagram = CLinux_datagrams_get(memory, UInt32(index))
        return body(datagram, UnsafeRawBufferPointer(start: datagram.bytes, count: datagram.count))
    }
}

// No lock: it is made by the thread that starts the door and used by the door's thread alone from then on; the start of
// that thread orders the two.
extension DatagramReceiver: @unchecked Sendable {}
