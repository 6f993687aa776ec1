import Glibc
import Testing

@testable import CertCore

@Suite("The cost of hostile headers", .serialized)
struct LinearityTests {
    static let patterns = [
        ",", ";", "=", "%", "\"", ":", "\\", " ", "-", "\n", "A,", "A", "%2C", "%0A", "-----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----%0A", "-----BEGIN CERTIFICATE----- ", "-----BEGIN CERTIFICATE-----\n", "By=a,",
        "By=a;", "Cert=a;", "Hash=\"\";", "Cert=\"\",", "=;", "a=\"\\\"\",", ":AAAA:,", "AAAA,",
    ]

    /// Processor time of this thread that one refusal takes, in nanoseconds; the best of several.
    private func cost(_ pattern: String, _ size: Int, _ options: ExtractionOptions) throws -> Double {
        let value = String(repeating: pattern, count: size / pattern.utf8.count)
        let request = ClientCertificateRequest(headers: ["X-Cert": value])
        var best = Double.infinity
        for _ in 0..<5 {
            var rounds = 0
            let start = Self.processorTime()
            repeat {
                let result = extractClientCertificate(from: request, options: options)
                try #require(!result.success, "\(pattern)")
                rounds += 1
            } while Self.processorTime() - start < 150_000
            best = min(best, (Self.processorTime() - start) / Double(rounds))
        }
        return best
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    @Test(
        "Twice the length costs twice, not four times, whatever it is filled with",
        arguments: HeaderEncoding.allCases
    )
    func isLinear(encoding: HeaderEncoding) throws {
        let options = try ExtractionOptions(certificateHeader: "x-cert", headerEncoding: encoding)
        for pattern in Self.patterns {
            // A neighbour on the machine can spoil one measurement, but not make five of them quadratic.
            var ratios: [Double] = []
            while ratios.count < 5, ratios.last.map({ $0 > 3 }) ?? true {
                ratios.append(try cost(pattern, 65_536, options) / cost(pattern, 32_768, options))
            }
            #expect(ratios.contains { $0 <= 3 }, "\(pattern.debugDescription): \(ratios)")
        }
    }
}
