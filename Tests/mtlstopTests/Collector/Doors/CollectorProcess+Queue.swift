import Glibc
import Testing

@testable import mtlstop

extension CollectorProcess {
    /// Whether a collector can be given its own `net.unix` settings here.
    static var maySetQueues: Bool { getuid() == 0 && access("/usr/bin/unshare", X_OK) == 0 }

    /// A collector in a network namespace of its own, whose datagram sockets queue so many.
    convenience init(in folder: TestFolder, options: [String], datagramQueue length: Int) throws {
        let script =
            "sysctl -q -w net.unix.max_dgram_qlen=\(length) || echo \(length) > /proc/sys/net/unix/max_dgram_qlen"
        try self.init(
            in: folder,
            options: options,
            wrapper: ["/usr/bin/unshare", "-n", "/bin/sh", "-c", "(\(script)) 2>/dev/null; exec \"$0\" \"$@\""]
        )
    }
}
