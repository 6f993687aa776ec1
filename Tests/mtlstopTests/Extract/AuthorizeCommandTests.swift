import AuditEvents
import CertCore
import Glibc
import Testing

@testable import mtlstop

@Suite("mtlstop authorize, as a process")
struct AuthorizeCommandTests {
    private static let fixtures = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/fixtures"

    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private static func pem(_ name: String) throws -> String {
        let file = try #require(FileFacts.head(of: "\(fixtures)/chains/\(name).pem", count: 1 << 16))
        return String(decoding: file, as: UTF8.self)
    }

    /// A request over TLS that presents a chain.
    private static func request(_ name: String, authorized: Bool = true) throws -> String {
        let pem = try pem(name).replacing("\n", with: "\\n")
        return "{\"socket\":{\"authorized\":\(authorized),\"peerCertificate\":\"\(pem)\"}}\n"
    }

    private func run(
        _ policy: String,
        _ input: String,
        _ arguments: [String] = []
    ) throws -> (status: Int32, lines: [JSONValue], errors: String) {
        let policy = try folder.write(Array(policy.utf8), to: "policy.json")
        let input = try folder.write(Array(input.utf8), to: "in")
        let child = try ChildProcess(
            ["authorize", "--policy", policy] + arguments,
            in: folder,
            environment: ["MTLSTOP_NOW": "2026-09-01T00:00:00Z"],
            input: input
        )
        let status = try child.wait()
        let lines = try child.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        return (status, lines, child.errors)
    }

    @Test("One decision a request, with status, message, reason, detail and certificate")
    func decides() throws {
        let input =
            try Self.request("good") + "\n" + Self.request("unknown-issuer") + Self.request("good", authorized: false)
            + #"{"headers":{"X-SSL-Client-Verify":"FAILED:x"},"options":{"certificateSource":"nginx"}}"# + "\n"
            + #"{"event":null}"# + "\n" + #"{"options":{"certificateSource":"nope"}}"# + "\nnonsense\n"
        let ca = "\(Self.fixtures)/chains/root.pem"
        let (status, lines, errors) = try run("{\"allowCA\":[\"\(ca)\"]}", input)
        #expect(status == 65 && errors.isEmpty)
        try #require(lines.count == 7)
        #expect(
            lines[0].members?.map(\.key) == ["authenticated", "status", "message", "reason", "detail", "certificate"]
        )
        #expect(lines[0]["authenticated"] == .bool(true) && lines[0]["status"] == .number("200"))
        #expect(lines[0]["message"]?.isNull == true && lines[0]["reason"]?.isNull == true)
        #expect(lines[0]["certificate"]?["subject"]?["CN"] == .string("svc-a"))
        let expected: [(String, String)] = [
            ("callback_returned_false", "Unauthorized"),
            ("socket_not_authorized", "Unauthorized: Client certificate required"),
            ("verification_header_mismatch", "Unauthorized: Certificate verification failed"),
            ("lambda_event_missing_clientcert", "Unauthorized"),
        ]
        for (line, (reason, message)) in zip(lines[1...], expected) {
            #expect(line["authenticated"] == .bool(false) && line["status"] == .number("401"))
            #expect(line["reason"] == .string(reason) && line["message"] == .string(message))
        }
        #expect(lines[1]["certificate"]?["subject"] != nil && lines[2]["certificate"]?.isNull == true)
        #expect(lines[5]["error"]?.stringValue?.hasPrefix("client-certificate-auth: ") == true)
        #expect(lines[6].members?.map(\.key) == ["error"])
    }

    @Test("Revoked, expired and policy refusals have reasons of their own")
    func reasons() throws {
        let ca = "\(Self.fixtures)/chains"
        let expired = try Self.request("expired").dropLast(2) + #","options":{"checkValidity":true}}"# + "\n"
        let input = try Self.request("revoked") + expired + Self.request("good")
        let policy = #"{"allowOU":["Night"]}"#
        let (status, lines, _) = try run(policy, input, ["--crl", "\(ca)/list.crl.pem"])
        #expect(status == 0)
        #expect(
            lines.map { $0["reason"]?.stringValue } == [
                "certificate_revoked", "certificate_expired", "callback_returned_false",
            ]
        )
        let chained = "{\"allowCA\":{\"anchors\":[\"\(ca)/root.pem\"],\"crls\":[\"\(ca)/list.crl.pem\"]}}"
        #expect(try run(chained, input).lines.map { $0["reason"]?.stringValue }.first == "certificate_revoked")
    }

    @Test("A list is believed by its signature: a forged one ends the start, one of an unknown signer is warned of")
    func signedLists() throws {
        let ca = "\(Self.fixtures)/chains"
        let input = try Self.request("revoked") + Self.request("good")
        func ask(_ list: String, _ more: [String]) throws -> (status: Int32, reasons: [String?], errors: String) {
            let (status, lines, errors) = try run(
                #"{"allowCN":["svc-a"]}"#,
                input,
                ["--crl", "\(ca)/\(list).crl.pem"] + more
            )
            return (Int32(status), lines.map { $0["reason"]?.stringValue }, errors)
        }
        let root = ["--crl-ca", "\(ca)/root.pem"]
        let believed = try ask("list", root)
        #expect(believed.reasons == ["certificate_revoked", nil] && believed.errors.isEmpty)
        for name in ["forged-list", "twin-list"] {
            let forged = try ask(name, root)
            #expect(forged.status == 65 && forged.reasons.isEmpty)
            #expect(forged.errors.contains("\(name).crl.pem: a revocation list is not signed by the CA"))
        }
        let unknown = try ask("list", [])
        #expect(unknown.reasons == ["certificate_revoked", nil])
        #expect(unknown.errors.split(separator: "\n").count == 1)
        #expect(unknown.errors.contains("warning: the signature of the revocation list of 'CN=Root,O=Example' cannot"))
        let old = try ask("expired-list", root)
        #expect(old.reasons == ["certificate_revoked", nil] && old.errors.contains("past its next update"))
    }

    @Test("Quietly only the counts are printed")
    func quiet() throws {
        let input = try Self.request("good") + "{}\n"
        let (status, lines, _) = try run(#"{"allowCN":["svc-a"]}"#, input, ["--quiet"])
        #expect(status == 0 && lines.count == 1)
        #expect(
            lines[0]
                == .object([.init(key: "requests", value: .number("2")), .init(key: "succeeded", value: .number("1"))])
        )
    }

    @Test(
        "A policy that cannot be used ends with its own exit code and names the place",
        arguments: [
            (#"{"allowEverybody":true}"#, 65, "allowEverybody: unknown rule"), ("{", 65, "line 1, column 2"),
            (#"{"allOf":[{"allowCN":[]}]}"#, 65, "allOf[0].allowCN: the list is empty"),
            (#"{"allowCA":["none.pem"]}"#, 66, "none.pem: allowCA: No such file or directory"),
        ] as [(String, Int32, String)]
    )
    func badPolicies(policy: String, code: Int32, told: String) throws {
        let (status, lines, errors) = try run(policy, "{}\n")
        #expect(status == code && lines.isEmpty)
        #expect(errors.hasPrefix("mtlstop: ") && errors.contains(told), "\(errors)")
        #expect(errors.split(separator: "\n").count == 1)
    }

    @Test("A policy file or list that is missing ends with 66")
    func missing() throws {
        let child = try ChildProcess(["authorize", "--policy", folder["none.json"]], in: folder)
        #expect(try child.wait() == 66)
        #expect(child.errors.hasPrefix("mtlstop: \(folder["none.json"]): No such file or directory"))
        #expect(try run(#"{"allowCN":["a"]}"#, "{}\n", ["--crl", folder["none"]]).status == 66)
    }

    @Test("A warning of what can never match goes to stderr")
    func warnings() throws {
        let (status, lines, errors) = try run(#"{"allowFingerprints":["zz"]}"#, "{}\n")
        #expect(status == 0 && lines.count == 1)
        #expect(errors.contains("warning: allowFingerprints[0]: 'zz' is no fingerprint"))
    }

    @Test("While requests come, a changed policy comes into force, and a broken one does not", .timeLimit(.minutes(1)))
    func reloads() throws {
        let policy = try folder.write(Array(#"{"allowCN":["svc-a"]}"#.utf8), to: "policy.json")
        try #require(mkfifo(folder["in"], 0o600) == 0)
        // Opened for both directions: neither this opening nor the child's waits for the other.
        let pipe = try #require(fopen(folder["in"], "r+"))
        defer { fclose(pipe) }
        let child = try ChildProcess(["authorize", "--policy", policy], in: folder, input: folder["in"])
        func ask(_ count: Int) throws -> Bool {
            let line = Array(try Self.request("good").utf8)
            try #require(fwrite(line, 1, line.count, pipe) == line.count && fflush(pipe) == 0)
            for _ in 0..<2000 where child.output.split(separator: "\n").count < count { usleep(5000) }
            return child.output.split(separator: "\n").last?.hasPrefix("{\"authenticated\":true") ?? false
        }
        #expect(try ask(1))
        _ = try folder.write(Array(#"{"allowCN":["somebody else"]}"#.utf8), to: "policy.json")
        #expect(try !ask(2))
        _ = try folder.write(Array(#"{"allowCN":"#.utf8), to: "policy.json")
        #expect(try !ask(3))
        _ = try folder.write(Array(#"{"allowCN":["svc-a","b"]}"#.utf8), to: "policy.json")
        #expect(try ask(4))
        let told = child.errors.split(separator: "\n")
        #expect(told.count == 3 && told[1].hasSuffix("(the former policy stays in force)"), "\(told)")
        #expect(told[0].hasSuffix("the policy has changed and is in force"))
    }
}
