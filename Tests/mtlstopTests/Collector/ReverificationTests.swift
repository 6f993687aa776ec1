import AuditEvents
import AuditStore
import CertCore
import Testing

@testable import mtlstop

/// The collector finds out by itself what reporters could not tell.
@Suite("Rejections verified again")
struct ReverificationTests {
    private static let fixtures =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/fixtures/chains/"

    private static func pem(_ name: String) throws -> String {
        let file = try #require(FileFacts.head(of: fixtures + name + ".pem", count: 1 << 16))
        return String(decoding: file, as: UTF8.self).replacing("\n", with: "\\n")
    }

    /// The event of a reporter that knows the certificate and nothing else.
    private static func rejected(
        _ name: String,
        time: String = "2026-09-01T00:00:00Z",
        _ more: String = ""
    ) throws -> String {
        #"{"event":"rejected","time":"\#(time)","source":"socket","reason":"socket_not_authorized","#
            + #""cert":{"pem":"\#(try pem(name))"}\#(more)}"# + "\n"
    }

    /// What a collector makes of lines: class, code and whether the chain was trusted.
    private func outcomes(_ lines: [String], _ options: [String]) throws -> [JSONValue] {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder, options: options)
        let input = try folder.write(Array(lines.joined().utf8), to: "input.ndjson")
        let send = try ChildProcess(["send", "--socket", collector.socket], in: folder, label: "send", input: input)
        #expect(try send.wait() == 0, "\(send.errors)")
        #expect(try collector.terminate() == 0, "\(collector.child.errors)")
        let events = try ChildProcess(
            ["events", "--db", collector.database, "--format", "ndjson", "--reverse"],
            in: folder,
            label: "events"
        )
        #expect(try events.wait() == 0, "\(events.errors)")
        return try events.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    private func told(_ events: [JSONValue]) -> [String] {
        events.map { "\($0["class"]?.stringValue ?? "-") \($0["code"]?.integerValue ?? 0)" }
    }

    @Test("Class and code of every fault are found at the event's time")
    func findsFaults() throws {
        let unspecified = #","tls":{"authorized":false,"authorizationError":"UNSPECIFIED"}"#
        let missing =
            #"{"event":"rejected","reason":"socket_not_authorized","cert":{},"#
            + #""tls":{"authorizationError":"UNABLE_TO_GET_ISSUER_CERT"}}"# + "\n"
        let lines = try [
            Self.rejected("expired"), Self.rejected("not-yet-valid"), Self.rejected("self-signed"),
            Self.rejected("unknown-issuer"), Self.rejected("self-signed-in-chain"), Self.rejected("server-only"),
            Self.rejected("revoked"), Self.rejected("same-name-other-key"), Self.rejected("expired-intermediate"),
            Self.rejected("critical-extension", unspecified), Self.rejected("path-length"), missing,
            Self.rejected("expired", time: "2026-07-15T00:00:00Z"), Self.rejected("server-only"),
        ]
        let events = try outcomes(
            lines,
            ["--ca", Self.fixtures + "root.pem", "--crl", Self.fixtures + "list.crl.pem"]
        )
        #expect(
            told(events) == [
                "expired 10", "not_yet_valid 9", "self_signed 18", "unknown_issuer 20", "self_signed 19",
                "bad_purpose 26", "revoked 23", "bad_signature 7", "expired 10", "chain 34", "chain 25",
                "no_certificate 0",
                // It was good at that time, and our CA is not the server's reason.
                "other 0", "bad_purpose 26",
            ]
        )
        #expect(events[12]["verified"] == .bool(true) && events[5]["verified"] == .bool(false))
    }

    @Test("A list revokes only what its signer has issued, also where the signer came along")
    func signedLists() throws {
        let root = ["--ca", Self.fixtures + "root.pem"]
        let below = try Self.rejected("revoked-under-intermediate")
        let issued = try outcomes([below], root + ["--crl", Self.fixtures + "issuing-ca-revoking-list.crl.pem"])
        #expect(told(issued) == ["revoked 23"])
        let both = root + ["--ca", Self.fixtures + "twin-root.pem", "--crl", Self.fixtures + "list.crl.pem"]
        let namesake = try outcomes([Self.rejected("revoked-serial-of-twin"), Self.rejected("revoked")], both)
        #expect(told(namesake) == ["other 0", "revoked 23"])
    }

    @Test("What the reporter told is believed")
    func believesReporters() throws {
        let revoked = #","tls":{"authorized":false,"authorizationError":"CERT_REVOKED"}"#
        let events = try outcomes([Self.rejected("server-only", revoked)], ["--ca", Self.fixtures + "root.pem"])
        #expect(told(events) == ["revoked 23"])
    }

    @Test("Without trusted files the CAs of accepted clients are learned, and stay known after a restart")
    func learns() throws {
        let chain = try ClientCertificate.chain(pem: Self.pem("good-under-intermediate").replacing("\\n", with: "\n"))
        let issuer = chain[1].pem.replacing("\n", with: "\\n")
        let leaf = chain[0].pem.replacing("\n", with: "\\n")
        let accepted =
            #"{"event":"authenticated","source":"socket","tls":{"authorized":true},"#
            + #""cert":{"pem":"\#(leaf)","issuerCertificate":{"pem":"\#(issuer)"}}}"# + "\n"
        let stranger = try Self.rejected("unknown-issuer")
        let purpose = try Self.rejected("server-only")
        #expect(try told(outcomes([stranger, purpose], [])) == ["other 0", "bad_purpose 26"])
        #expect(try told(outcomes([accepted, stranger], [])) == ["- 0", "unknown_issuer 20"])

        let folder = try TestFolder()
        for (label, line) in [("first", accepted), ("second", stranger)] {
            let collector = try CollectorProcess(in: folder, label: label)
            let input = try folder.write(Array(line.utf8), to: "input.ndjson")
            #expect(try ChildProcess(["send", "--socket", collector.socket], in: folder, input: input).wait() == 0)
            #expect(try collector.terminate() == 0)
        }
        let page = try AuditReader(path: folder.database).events(EventQuery(limit: 1))
        #expect(page.rows.first?.code?.rawValue == 20)
    }

    @Test("A flood of new certificates is stored whole, and only so many are verified")
    func bounded() throws {
        let line = try Self.rejected("server-only")
        let events = try outcomes(Array(repeating: line, count: 2000), ["--ca", Self.fixtures + "root.pem"])
        #expect(events.count == 2000 && Set(told(events)) == ["bad_purpose 26"])
    }

    @Test("A list that its CA has not signed ends the start with 65")
    func forgedList() throws {
        let folder = try TestFolder()
        let trust = ["--ca", Self.fixtures + "root.pem", "--crl", Self.fixtures + "forged-list.crl.pem"]
        let child = try ChildProcess(["collect", "--db", folder["a.db"], "--socket", folder["s"]] + trust, in: folder)
        #expect(try child.wait() == 65)
        #expect(child.errors.contains("not signed by the CA"))
    }

    @Test(
        "A file that cannot be used ends the start with its exit code",
        arguments: [("none.pem", 66), ("list.crl.pem", 65)]
    )
    func badFiles(name: String, code: Int) throws {
        let folder = try TestFolder()
        let child = try ChildProcess(
            ["collect", "--db", folder["a.db"], "--socket", folder["s"], "--ca", Self.fixtures + name],
            in: folder
        )
        #expect(try child.wait() == Int32(code))
        #expect(child.errors.hasPrefix("mtlstop: \(Self.fixtures)\(name): "))
    }
}
