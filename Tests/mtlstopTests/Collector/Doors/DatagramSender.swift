import Glibc
import Testing

@testable import mtlstop

/// Sends datagrams to a path, as a proxy does.
final class DatagramSender {
    private let descriptor: Int32
    private let address: SocketAddress

    init(to path: String, isBlocking: Bool = true, sendBuffer: Int32? = nil) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        address = try #require(SocketAddress(path: path))
        if !isBlocking { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        if var size = sendBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &size, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    deinit {
        close(descriptor)
    }

    /// Sends one; false when the kernel would not take it.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            address.withKernelForm { sendto(descriptor, bytes.baseAddress, bytes.count, 0, $0, $1) } == bytes.count
        }
    }

    @discardableResult
    func send(_ text: String) -> Bool {
        send(Array(text.utf8))
    }
}

/// Records for tests.
enum Records {
    /// A record of nginx, told apart by its path.
    static func nginx(_ path: String, verify: String = "SUCCESS") -> String {
        """
        {"v":1,"src":"nginx","ts":"1795442687.123","verify":"\(verify)","sdn":"CN=svc-a,O=Acme","idn":"CN=ca",\
        "serial":"0A1B","sha1":"\(String(repeating: "ab", count: 20))","ip":"10.0.0.1","port":"51544",\
        "proto":"TLSv1.3","method":"GET","uri":"\(path)","status":"200"}
        """
    }

    /// The same as nginx sends it.
    static func datagram(_ path: String, tag: String = "mtls") -> String {
        "<86>Nov 23 14:04:47 \(tag): " + nginx(path)
    }
}
