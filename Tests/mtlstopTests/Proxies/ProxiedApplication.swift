import CertCore
import Foundation
import Synchronization
import Testing

/// An HTTP application behind a proxy: a thread that reads requests and asks CertCore who the client is.
final class ProxiedApplication: Sendable {
    /// A request as it came from the proxy, and what CertCore made of it.
    struct Request: Sendable {
        let target: String
        let headers: HeaderFields
        let result: ExtractionResult
    }

    let port: Int
    private let listener: Int32
    private let options: ExtractionOptions
    private let received = Mutex<[Request]>([])

    /// Listens on a free port of 127.0.0.1 until it is released.
    init(source: CertificateSource) throws {
        let loopback = try #require(AddressRange(parsing: "127.0.0.0/8"))
        options = try ExtractionOptions(certificateSource: source, trustedProxies: [loopback])
        (listener, port) = try Loopback.listen()
        let (listener, options) = (listener, options)
        let thread = Thread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 { return }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                if let request = Self.read(connection, options) {
                    self?.received.withLock { $0.append(request) }
                    Self.answer(request, on: connection)
                }
                close(connection)
            }
        }
        thread.start()
    }

    deinit {
        // Wakes the thread out of accept, so that it ends.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// What came for a target so far.
    func requests(for target: String) -> [Request] {
        received.withLock { $0.filter { $0.target == target } }
    }

    /// Reads one request and asks CertCore about it.
    private static func read(_ connection: Int32, _ options: ExtractionOptions) -> Request? {
        guard let lines = head(of: connection), let target = lines.first?.split(separator: " ").dropFirst().first else {
            return nil
        }
        let fields = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (String(line[..<colon]), String(value))
        }
        let headers = HeaderFields(fields)
        let request = ClientCertificateRequest(headers: headers, remoteAddress: "127.0.0.1")
        let result = extractClientCertificate(from: request, options: options)
        return Request(target: String(target), headers: headers, result: result)
    }

    /// Answers 200 with the certificate's SHA-256, or 401 with the reason.
    private static func answer(_ request: Request, on connection: Int32) {
        let result = request.result
        let body = result.certificate?.sha256.hex ?? result.reason?.rawValue ?? ""
        let status = result.success ? "200 OK" : "401 Unauthorized"
        let answer = "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        _ = Array(answer.utf8).withUnsafeBytes {
            send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// The lines of a request's head; nil when the other side ended or waited ten seconds before it was whole.
    private static func head(of connection: Int32) -> [String]? {
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < 1 << 20 {
            let count = chunk.withUnsafeMutableBytes { recv(connection, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return nil }
            bytes += chunk[..<count]
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            return text[..<end.lowerBound].components(separatedBy: "\r\n")
        }
        return nil
    }
}

/// Ports of 127.0.0.1.
enum Loopback {
    /// A socket that listens on a free port.
    static func listen() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) | Glibc.listen(descriptor, 64) | getsockname(descriptor, address, &size)
            }
        }
        try #require(result == 0, "no port of 127.0.0.1 can be had: \(String(cString: strerror(errno)))")
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A port that is free now, for a program that is about to listen on it.
    static func freePort() throws -> Int {
        let (descriptor, port) = try listen()
        close(descriptor)
        return port
    }
}
