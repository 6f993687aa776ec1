import AuditEvents
import AuditStore
import CertCore
import Testing

@testable import mtlstop

@Suite("mtlstop expiring --metrics")
struct ExpiryMetricsTests {
    /// The value of a sample by name and some of its labels.
    private func value(_ file: JSONValue, _ name: String, _ labels: [String: String] = [:]) -> String? {
        let samples = file[name]?["samples"]?.elements ?? []
        return samples.first { sample in
            labels.allSatisfy { sample.elements?[1][$0.key]?.stringValue == $0.value }
        }?.elements?[2].stringValue
    }

    @Test("Prometheus' parser reads them back: ends, levels, traffic and the forecast")
    func reading() throws {
        let log = try SampleLog.whole()
        let file = log.folder["expiring.prom"]
        let (status, output, errors) = try log.run(["expiring", "--within", "1y", "--metrics", file])
        #expect(status == 0 && output.isEmpty && errors.isEmpty, "\(errors)")
        let metrics = try PythonReader.read("metrics", file, in: log.folder)
        let billing = ["subject_CN": "svc-billing", "issuer_CN": "corp-int-1", "role": "client"]
        #expect(value(metrics, "x509_cert_not_after", billing) == "1795630200.0")
        #expect(value(metrics, "x509_cert_expired", billing) == "0.0")
        #expect(value(metrics, "x509_cert_expired", ["subject_CN": "old-batch-runner"]) == "1.0")
        #expect(value(metrics, "mtlstop_certificate_level", billing) == "3.0")
        #expect(value(metrics, "mtlstop_certificate_recent_uses", billing) == "2.0")
        #expect(value(metrics, "mtlstop_certificates", ["level": "critical"]) == "1.0")
        #expect(value(metrics, "mtlstop_certificates_retired") == "2.0")
        #expect(value(metrics, "mtlstop_expiring_status") == "2.0")
        #expect(value(metrics, "mtlstop_traffic_ending_ratio", ["within": "1d"]) == "0.0")
        let week = try #require(value(metrics, "mtlstop_traffic_ending_ratio", ["within": "7d"]).flatMap(Double.init))
        #expect(abs(week - 2.0 / 3) < 1e-9)
        #expect(value(metrics, "mtlstop_expiring_timestamp_seconds") == "1795440000.0")
        #expect(value(metrics, "x509_cert_not_after", ["subject_CN": #"=cmd\e[31m\u{202e}, "x""#]) != nil)
    }

    @Test("However many certificates end, the number of series and the length of a label are bounded")
    func bounds() throws {
        let list = (1...(ExpiryMetrics.mostCertificates + 5)).map { id in
            ExpiringCertificate(
                certificate: CertificateSummary(
                    id: Int64(id),
                    commonName: String(repeating: "\"\\\n", count: 400),
                    notAfter: Timestamp(milliseconds: 1)
                ),
                level: .expired,
                remaining: -1
            )
        }
        let log = try SampleLog.whole()
        let forecast = try AuditReader(path: log.database).expiryForecast(now: Timestamp(milliseconds: 0))
        let folder = try TestFolder()
        let text = ExpiryMetrics.text(list, forecast, now: Timestamp(milliseconds: 2))
        let file = try folder.write(text, to: "x.prom")
        let metrics = try PythonReader.read("metrics", file, in: folder)
        let samples = try #require(metrics["x509_cert_not_after"]?["samples"]?.elements)
        #expect(samples.count == ExpiryMetrics.mostCertificates)
        let longest = samples.compactMap { $0.elements?[1]["subject_CN"]?.stringValue?.count }.max() ?? 0
        #expect(longest > 100 && longest <= 4 * MetricsText.longestLabel)
        #expect(value(metrics, "mtlstop_certificates_omitted") == "5.0")
    }
}
