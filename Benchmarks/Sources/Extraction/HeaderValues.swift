import CertCore
import Glibc

/// The header values of one encoding, as requests that a proxy would send.
struct HeaderValues {
    /// What is computed for each value.
    enum Depth {
        case allFields
        case extraction
    }

    private let encoding: HeaderEncoding
    private let requests: [ClientCertificateRequest]

    /// Reads a file with one value a line.
    init(path: String, encoding: HeaderEncoding) throws {
        self.encoding = encoding
        requests = try lines(of: path).map { value in
            ClientCertificateRequest(
                headers: [
                    "Host": "api.example", "User-Agent": "client/1.0", "Accept": "*/*", "X-Request-Id": "4f2c",
                    "X-Forwarded-For": "10.0.0.1", "X-Client-Cert": value,
                ],
                remoteAddress: "10.0.0.9"
            )
        }
        guard !requests.isEmpty else { throw BenchmarkError(description: "\(path) is empty") }
    }

    private func options() throws -> ExtractionOptions {
        try ExtractionOptions(certificateHeader: "x-client-cert", headerEncoding: encoding, cache: CertificateCache())
    }

    /// Microseconds of processor time a value, the best of three passes, each with a cache that knows nothing.
    func distinct(_ depth: Depth) throws -> Double {
        var best = Double.infinity
        for _ in 0..<3 { best = min(best, try pass(depth, rounds: 1, options: options())) }
        return best
    }

    /// Microseconds a value when 500 certificates come again and again.
    func repeated(times: Int) throws -> Double {
        let few = HeaderValues(encoding: encoding, requests: Array(requests.prefix(500)))
        let options = try options()
        _ = try few.pass(.extraction, rounds: 1, options: options)
        return try few.pass(.extraction, rounds: times, options: options)
    }

    private init(encoding: HeaderEncoding, requests: [ClientCertificateRequest]) {
        self.encoding = encoding
        self.requests = requests
    }

    private func pass(_ depth: Depth, rounds: Int, options: ExtractionOptions) throws -> Double {
        var found = 0
        let start = processorTime()
        for _ in 0..<rounds {
            for request in requests {
                guard let certificate = extractClientCertificate(from: request, options: options).certificate else {
                    continue
                }
                if depth == .extraction || certificate.peerCertificateJSON().utf8.count > 1000 { found += 1 }
            }
        }
        let elapsed = processorTime() - start
        let count = requests.count * rounds
        guard found == count else { throw BenchmarkError(description: "\(count - found) values gave no certificate") }
        return elapsed / Double(count)
    }
}

/// The processor time of this process in microseconds: what other programs do meanwhile hardly changes it.
func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

/// The lines of a file.
func lines(of path: String) throws -> [String] {
    guard let file = fopen(path, "r") else { throw BenchmarkError(description: "cannot read \(path)") }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var result: [String] = []
    while true {
        let count = getline(&line, &capacity, file)
        guard count > 0, let line else { return result }
        let bytes = UnsafeRawBufferPointer(start: line, count: count)
        result.append(String(decoding: bytes.last == 10 ? bytes.dropLast() : bytes[...], as: UTF8.self))
    }
}
