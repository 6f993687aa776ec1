import AuditSamples
import Glibc

/// Sends events to peers that do not acknowledge: lines over streams, or journal entries as datagrams.
final class PlainSenders {
    private var descriptors: [Int32] = []
    /// What each socket sends: one buffer for a stream, one for each datagram.
    private var buffers: [[UInt8]] = []
    private let isStream: Bool

    /// Lines over so many stream connections.
    init(traffic: SampleTraffic, socket path: String, clients: Int) throws {
        isStream = true
        descriptors = try (0..<clients).map { _ in try Self.connected(path, SOCK_STREAM) }
        buffers = [[UInt8]](repeating: [], count: clients)
        var turn = 0
        traffic.lines { line in
            buffers[turn % clients].append(contentsOf: copy line)
            buffers[turn % clients].append(0x0A)
            turn += 1
        }
    }

    /// Journal entries in the native protocol, the line as the message.
    init(traffic: SampleTraffic, datagrams path: String) throws {
        isStream = false
        descriptors = [try Self.connected(path, SOCK_DGRAM)]
        traffic.lines { line in
            buffers.append(Array("PRIORITY=6\nSYSLOG_IDENTIFIER=mtls\nMESSAGE=".utf8) + (copy line) + [0x0A])
        }
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }

    /// Sends everything; waits where the peer does.
    func send() throws {
        if isStream { try sendStreams() } else { try sendDatagrams() }
    }

    private func sendDatagrams() throws {
        for buffer in buffers where Glibc.send(descriptors[0], buffer, buffer.count, Int32(MSG_NOSIGNAL)) < 0 {
            throw BenchmarkError("send", errno)
        }
    }

    private func sendStreams() throws {
        for descriptor in descriptors { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        var sent = [Int](repeating: 0, count: buffers.count)
        while zip(sent, buffers).contains(where: { $0 < $1.count }) {
            var waits = descriptors.indices.map { index in
                pollfd(
                    fd: descriptors[index],
                    events: sent[index] < buffers[index].count ? Int16(POLLOUT) : 0,
                    revents: 0
                )
            }
            guard poll(&waits, nfds_t(waits.count), 60_000) > 0 else {
                throw BenchmarkError("nothing is read for a minute")
            }
            for index in waits.indices where waits[index].revents & Int16(POLLOUT) != 0 {
                let count = buffers[index].withUnsafeBytes {
                    Glibc.send(
                        descriptors[index],
                        $0.baseAddress.map { $0 + sent[index] },
                        min(256 << 10, $0.count - sent[index]),
                        Int32(MSG_NOSIGNAL)
                    )
                }
                if count < 0 && errno != EAGAIN { throw BenchmarkError("send", errno) }
                sent[index] += max(0, count)
            }
        }
    }

    /// A socket that is connected to a path.
    static func connected(_ path: String, _ type: __socket_type) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix(107)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            let number = errno
            close(descriptor)
            throw BenchmarkError("connect \(path)", number)
        }
        return descriptor
    }
}
