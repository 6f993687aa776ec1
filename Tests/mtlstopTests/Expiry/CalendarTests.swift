import AuditEvents
import AuditStore
import CertCore
import Testing

@testable import mtlstop

@Suite("mtlstop expiring --ics")
struct CalendarTests {
    @Test("Another program's parser reads every event back, hostile names and long lines included")
    func reading() throws {
        let log = try SampleLog.whole()
        let file = log.folder["ends.ics"]
        let (status, output, errors) = try log.run(["expiring", "--within", "1y", "--ics", file])
        #expect(status == 0 && output.isEmpty && errors.isEmpty, "\(errors)")
        let events = try #require(try PythonReader.read("calendar", file, in: log.folder).elements)
        #expect(events.count == 2, "the expired one and the one that was never accepted are left out")
        let billing = try #require(events.first { $0["summary"]?.stringValue?.hasPrefix("svc-billing") == true })
        #expect(billing["uid"] == .string(String(repeating: "01", count: 32) + "@mtlstop"))
        #expect(billing["start"] == .string("2026-11-25T18:10:00+00:00"))
        #expect(billing["stamp"] == .string("2026-11-23T13:20:00+00:00"))
        #expect(billing["summary"] == .string("svc-billing: client certificate ends"))
        let description = try #require(billing["description"]?.stringValue)
        #expect(description.contains("Subject: O=Corp,CN=svc-billing") || description.contains("CN=svc-billing,O=Corp"))
        #expect(description.split(separator: "\n").count >= 4)
        let alarms = billing["alarms"]?.elements?.compactMap(\.digits)
        #expect(alarms == ["-1209600", "-604800"], "14 and 7 days before the end of a year's certificate")
    }

    @Test("Text that would break a calendar stays text, and a fold never cuts a character")
    func hostile() throws {
        let name = "a;b,c\\n\r\nEND:VEVENT\u{202e}" + String(repeating: "ж", count: 80)
        let summary = CertificateSummary(
            id: 7,
            commonName: name,
            notBefore: Timestamp(milliseconds: 0),
            notAfter: Timestamp(milliseconds: 3_600_000)
        )
        let now = Timestamp(milliseconds: 1_800_000)
        let entry = ExpiringCertificate(
            certificate: summary,
            level: .ok,
            remaining: 1_800_000,
            uses24h: 1,
            acceptedEver: 1
        )
        let folder = try TestFolder()
        let file = try folder.write(ExpiryCalendar.text([entry], now: now), to: "x.ics")
        let events = try #require(try PythonReader.read("calendar", file, in: folder).elements)
        #expect(events.count == 1)
        let shown = #"a;b,c\\n\r\nEND:VEVENT\u{202e}"# + String(repeating: "ж", count: 80)
        #expect(events[0]["summary"] == .string(shown + ": client certificate ends"))
        #expect(events[0]["uid"] == .string("certificate-7@mtlstop"))
        #expect(events[0]["alarms"]?.elements?.compactMap(\.digits) == ["-720", "-360"])
    }

    @Test("The calendar and the metrics can go to standard output; a folder that is not there is exit code 73")
    func places() throws {
        let log = try SampleLog.whole()
        let (status, output, _) = try log.run(["expiring", "--ics", "-"])
        #expect(status == 0 && output.hasPrefix("BEGIN:VCALENDAR\r\n") && output.hasSuffix("END:VCALENDAR\r\n"))
        #expect(try log.run(["expiring", "--metrics", "-"]).1.hasPrefix("# HELP x509_cert_not_after "))
        let (failed, _, errors) = try log.run(["expiring", "--ics", log.folder["none/x.ics"]])
        #expect(failed == 73 && errors.hasPrefix("mtlstop: "))
    }
}
