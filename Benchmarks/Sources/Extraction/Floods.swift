import CertCore

/// Values that look for a slow parser: each must be refused in time that is linear in its length.
enum Floods {
    private static let patterns = [
        ",", ";", "=", "%", "\"", ":", "\\", " ", "-", "A,", "A", "%2C", "-----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----%0A", "-----BEGIN CERTIFICATE----- ", "By=a,", "By=a;", "Cert=a;", "Hash=\"\";",
        "Cert=\"\",", "URI=%,", "=;", "a=\"\\\"\",", ":AAAA:,",
    ]

    /// The slowest refusal of each encoding, the best of five.
    static func table() throws -> ResultTable {
        var table = ResultTable(columns: ["header", "slowest flood", "refused in"])
        for encoding in HeaderEncoding.allCases {
            let options = try ExtractionOptions(certificateHeader: "x-client-cert", headerEncoding: encoding)
            var slowest = (pattern: "", time: 0.0)
            for pattern in patterns {
                let value = String(repeating: pattern, count: 65_536 / pattern.utf8.count)
                let request = ClientCertificateRequest(headers: ["X-Client-Cert": value])
                var best = Double.infinity
                for _ in 0..<5 {
                    let start = processorTime()
                    let result = extractClientCertificate(from: request, options: options)
                    best = min(best, processorTime() - start)
                    guard !result.success else { throw BenchmarkError(description: "\(pattern) was accepted") }
                }
                if best > slowest.time { slowest = (pattern, best) }
            }
            table.add([encoding.rawValue, "`\(slowest.pattern)`", "\(rounded(slowest.time)) us"])
        }
        return table
    }
}
