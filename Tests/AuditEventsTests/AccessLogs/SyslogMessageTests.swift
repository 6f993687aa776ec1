import AuditEvents
import CertCore
import Testing

/// Headers of syslog messages.
@Suite("Syslog headers")
struct SyslogMessageTests {
    private struct Parts: Equatable {
        var application: String?
        var time: String?
        var payload: String
    }

    private func parts(_ message: String) throws -> Parts {
        try Array(message.utf8).withUnsafeBytes { bytes in
            let message = try SyslogMessage(bytes)
            return Parts(
                application: message.application.map { String(decoding: $0, as: UTF8.self) },
                time: message.time?.rfc3339,
                payload: String(decoding: message.payload, as: UTF8.self)
            )
        }
    }

    @Test(
        "The forms that proxies write are taken apart",
        arguments: [
            ("<134>Nov 23 14:04:47 mtls: {\"a\":1}", "mtls"), ("<134>Nov  3 14:04:47 web1 mtls: {\"a\":1}\n", "mtls"),
            ("<134>Nov 23 14:04:47 web1 haproxy[123]: {\"a\":1}", "haproxy"), ("<134>{\"a\":1}", nil),
            ("{\"a\":1}\n", nil), ("<134>mtls: {\"a\":1}", "mtls"), ("<134>Nov 23 14:04:47 {\"a\":1}", nil),
            ("<134>2026-11-23T14:04:47.123+01:00 web1 mtls: {\"a\":1}", "mtls"), ("<0>{\"a\":1}\r\n", nil),
        ]
    )
    func forms(message: String, application: String?) throws {
        #expect(try parts(message) == Parts(application: application, time: nil, payload: "{\"a\":1}"))
    }

    @Test(
        "RFC 5424 headers give application and time, whatever their structured data hold",
        arguments: [
            "-", "[x@1 a=\"b\"]", "[x@1 a=\"q\\\"]\\\\\"][y@1]", "[x]",
        ]
    )
    func structuredData(data: String) throws {
        let message = "<134>1 2026-11-23T14:04:47.123456Z web1 haproxy 12 - \(data) {\"a\":1}"
        let expected = Parts(application: "haproxy", time: "2026-11-23T14:04:47.123Z", payload: "{\"a\":1}")
        #expect(try parts(message) == expected)
        let nameless = "<134>1 - - - - - \(data) \u{FEFF}{\"a\":1}"
        #expect(try parts(nameless) == Parts(application: nil, time: nil, payload: "{\"a\":1}"))
    }

    @Test(
        "A header that cannot be read is a bad frame",
        arguments: ["<192>{}", "<>{}", "<1", "<134>1 2026", "<134>1 - - - - - [x a=\"b\" {}", "<abc>x"]
    )
    func broken(message: String) {
        #expect(throws: LineError.self) { try parts(message) }
    }

    @Test("Text without a tag is all payload")
    func text() throws {
        #expect(try parts("<13>hello there").payload == "hello there")
        #expect(try parts("<13>").payload == "")
        #expect(try parts("").payload == "")
    }
}
