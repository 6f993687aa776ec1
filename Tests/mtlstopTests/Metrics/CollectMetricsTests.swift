import AuditEvents
import CertCore
import Glibc
import Logging
import Testing

@testable import mtlstop

@Suite("mtlstop collect --metrics")
struct CollectMetricsTests {
    private func value(_ metrics: JSONValue, _ name: String, _ label: (String, String)? = nil) -> String? {
        let suffix = ["_total", "_bucket", "_sum", "_count"].first { name.hasSuffix($0) } ?? ""
        let family = String(name.dropLast(suffix.count))
        let samples = metrics[family]?["samples"]?.elements ?? []
        return samples.first { sample in
            guard sample.elements?.first == .string(name) else { return false }
            return label.map { sample.elements?[1][$0.0] == .string($0.1) } ?? true
        }?.elements?[2].stringValue
    }

    @Test("While it runs and when it has ended, the file tells what was stored, refused and lost")
    func process() throws {
        let folder = try TestFolder()
        let file = folder["collect.prom"]
        let collector = try CollectorProcess(in: folder, options: ["--metrics", file])
        let deadline = ContinuousClock.now + .seconds(30)
        while FileFacts(path: file) == nil, ContinuousClock.now < deadline { poll(nil, 0, 5) }
        let first = try PythonReader.read("metrics", file, in: folder)
        #expect(value(first, "mtlstop_events_total", ("outcome", "authenticated")) == "0.0")
        #expect(value(first, "mtlstop_collector_state", ("state", "taking")) == "1.0")
        #expect(FileFacts(path: file)?.mode == 0o644)

        let lines = [
            #"{"event":"authenticated","cn":"a"}"#, #"{"event":"authenticated","cn":"b"}"#,
            #"{"event":"rejected","tls":{"authorizationError":"CERT_HAS_EXPIRED"},"reason":"socket_not_authorized","cn":"c"}"#,
            "no event", #"{"drop":42}"#,
        ]
        let input = try folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "lines")
        let send = try ChildProcess(
            ["send", "--socket", collector.socket],
            in: folder,
            label: "send",
            input: input
        )
        #expect(try send.wait() == 65)
        #expect(try collector.terminate() == 0)
        let last = try PythonReader.read("metrics", file, in: folder)
        #expect(value(last, "mtlstop_events_total", ("outcome", "authenticated")) == "2.0")
        #expect(value(last, "mtlstop_events_total", ("outcome", "rejected")) == "1.0")
        #expect(value(last, "mtlstop_rejections_total", ("class", "expired")) == "1.0")
        #expect(value(last, "mtlstop_rejections_total", ("class", "policy")) == "0.0")
        #expect(value(last, "mtlstop_connections_accepted_total").flatMap(Double.init).map { $0 >= 1 } == true)
        #expect(value(last, "mtlstop_commits_total").flatMap(Double.init).map { $0 >= 1 } == true)
        #expect(value(last, "mtlstop_commit_duration_seconds_count") == value(last, "mtlstop_commits_total"))
        #expect(value(last, "mtlstop_database_size_bytes").flatMap(Double.init).map { $0 > 4096 } == true)
        #expect(value(last, "mtlstop_build_info", ("version", ProductVersion.text)) == "1.0")
    }

    @Test("Every figure of the counters is in the file, and a histogram's buckets add up")
    func figures() throws {
        var counters = IntakeCounters()
        counters.authenticated = 7
        counters.badLines = ["bad_json": 3, "too_deep": 1]
        counters.losses = ["gap": 9]
        counters.state = .diskFull
        counters.queuedBytes = 11
        counters.commitLatency.add(.milliseconds(2))
        counters.commitLatency.add(.seconds(60))
        let metrics = IntakeMetrics(
            counters: counters,
            rejections: [.expired: 5],
            sizes: DatabaseSizes(path: "/nowhere/audit.db"),
            started: Timestamp(milliseconds: 1500),
            now: Timestamp(milliseconds: 2500)
        )
        let folder = try TestFolder()
        let read = try PythonReader.read("metrics", folder.write(metrics.text, to: "x.prom"), in: folder)
        #expect(value(read, "mtlstop_bad_lines_total", ("code", "bad_json")) == "3.0")
        #expect(value(read, "mtlstop_lost_events_total", ("kind", "gap")) == "9.0")
        #expect(value(read, "mtlstop_collector_state", ("state", "disk_full")) == "1.0")
        #expect(value(read, "mtlstop_collector_state", ("state", "taking")) == "0.0")
        #expect(value(read, "mtlstop_queue_bytes") == "11.0")
        #expect(value(read, "mtlstop_commit_duration_seconds_bucket", ("le", "0.001")) == "0.0")
        #expect(value(read, "mtlstop_commit_duration_seconds_bucket", ("le", "0.0025")) == "1.0")
        #expect(value(read, "mtlstop_commit_duration_seconds_bucket", ("le", "+Inf")) == "2.0")
        #expect(value(read, "mtlstop_commit_duration_seconds_sum") == "60.002")
        #expect(value(read, "mtlstop_start_time_seconds") == "1.5")
    }

    @Test("A file that cannot be written is no reason to stop collecting")
    func unwritable() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder, options: ["--metrics", folder["none/x.prom"]])
        let deadline = ContinuousClock.now + .seconds(30)
        while !collector.child.errors.contains("the metrics are not written"), ContinuousClock.now < deadline {
            poll(nil, 0, 5)
        }
        #expect(try collector.terminate() == 0)
        #expect(collector.child.errors.contains("the metrics are not written"))
    }
}
