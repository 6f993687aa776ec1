import AuditEvents
import CertCore
import Testing

@Suite("mtlstop certs and expiring")
struct CertsCommandTests {
    @Test(
        "Each format prints what it always printed",
        arguments: [
            ("certs-table.txt", ["certs", "--format", "table"]),
            ("certs-expiring.txt", ["certs", "expires:<30d", "--order", "expiry", "--format", "table"]),
            ("certs.ndjson", ["certs", "cn:svc-*", "--order", "subject"]),
            ("certs.csv", ["certs", "--format", "csv", "--order", "subject"]),
            ("expiring-table.txt", ["expiring", "--format", "table"]),
            ("expiring.ndjson", ["expiring", "--within", "1y"]),
            ("certs-show.txt", ["certs", "show", "01:01:01"]),
            ("certs-show.json", ["certs", "show", "0303", "--format", "json"]),
        ]
    )
    func golden(_ name: String, _ arguments: [String]) throws {
        let (status, output, errors) = try SampleLog.whole().run(arguments, environment: ["COLUMNS": "120"])
        #expect(status == 0 && errors.isEmpty, "\(errors)")
        try expectGolden(output, name)
    }

    @Test("A certificate file is shown in each format, and PEM comes back as the same certificate")
    func file() throws {
        let log = try SampleLog.whole()
        let der = Self.fixture("ec-p256.der")
        let (status, text, errors) = try log.run(["certs", "show", der])
        #expect(status == 0, "\(errors)")
        let pem = try log.run(["certs", "show", der, "--format", "pem"]).1
        let certificate = try ClientCertificate(pem: pem)
        #expect(text.contains(certificate.sha256.hex) && text.contains("P-256") || text.contains("prime256v1"))
        let file = try log.folder.write(Array(pem.utf8), to: "leaf.pem")
        let json = try log.run(["certs", "show", file, "--format", "json"]).1
        #expect(json.hasPrefix(#"{"peerCertificate":{"subject""#) && json.contains(#""details":{"version":3"#))
        #expect(json.contains(#""usage":null"#))
    }

    @Test("A chain with a fault inside says which certificate fails, a sound one says nothing")
    func chainFault() throws {
        let log = try SampleLog.whole()
        let faulty = try log.run(["certs", "show", Self.fixture("../chains/expired-intermediate.pem")]).1
        #expect(
            faulty.contains("chain           certificate has expired (10 CERT_HAS_EXPIRED) at depth 1, the issuer of")
        )
        let sound = try log.run(["certs", "show", Self.fixture("../chains/good-under-intermediate.pem")]).1
        #expect(sound.contains("came with") && !sound.contains("at depth"))
    }

    @Test("explain says which certificate of the chain failed where the text names the depth")
    func explainDepth() throws {
        let log = try SampleLog.whole()
        for text in [
            "error 10 at 1 depth lookup: certificate has expired", "verify error:num=10:has expired:depth=1:/CN=x",
        ] {
            let table = try log.run(["explain", text, "--format", "table"]).1
            #expect(table.contains("depth    1: the issuer of the client's certificate"))
            #expect(try log.run(["explain", text, "--format", "ndjson"]).1.contains(#""depth":1"#))
        }
        #expect(try !log.run(["explain", "10", "--format", "ndjson"]).1.contains("depth"))
        #expect(try log.run(["explain", "error 99999 at 1 depth lookup: x"]).0 == 65)
    }

    @Test("A chain is shown whole, from a file and from standard input, whatever text stands around it")
    func chain() throws {
        let log = try SampleLog.whole()
        let file = Self.fixture("../chains/good-under-intermediate.pem")
        let json = try log.run(["certs", "show", file, "--format", "json"])
        #expect(json.0 == 0, "\(json.2)")
        let value = try JSONValue(parsing: json.1)
        // Node shows the first certificate of a file alone.
        #expect(value["peerCertificate"]?["issuerCertificate"] == nil)
        #expect(value["chain"]?.elements?.map { $0["subject"]?["CN"] } == [.string("Issuing CA")])
        let pem = try log.run(["certs", "show", file, "--format", "pem"]).1
        #expect(try ClientCertificate.chain(pem: pem).count == 2)
        #expect(try log.run(["certs", "show", file]).1.contains("came with       CN=Issuing CA"))

        let text = "CONNECTED(00000003)\n---\nServer certificate\n\(pem)---\nSSL handshake has read 1 byte\n"
        let input = try log.folder.write(Array(text.utf8), to: "input.txt")
        let child = try ChildProcess(["certs", "show", "-", "--format", "pem"], in: log.folder, input: input)
        #expect(try child.wait() == 0 && child.output == pem, "\(child.errors)")
        let empty = try log.folder.write([], to: "empty")
        let nothing = try ChildProcess(["certs", "show", "-"], in: log.folder, input: empty)
        #expect(try nothing.wait() == 65)
        #expect(nothing.errors.hasPrefix("mtlstop: standard input: there is no CERTIFICATE block"), "\(nothing.errors)")
    }

    @Test("A bundle longer than any chain is shown whole")
    func bundle() throws {
        let log = try SampleLog.whole()
        let der = Self.fixture("ec-p256.der")
        let pem = try log.run(["certs", "show", der, "--format", "pem"]).1
        let file = try log.folder.write(Array(String(repeating: pem, count: 30).utf8), to: "bundle.pem")
        let (status, text, errors) = try log.run(["certs", "show", file, "--format", "pem"])
        #expect(status == 0 && text == String(repeating: pem, count: 30), "\(errors)")
        let json = try JSONValue(parsing: log.run(["certs", "show", file, "--format", "json"]).1)
        #expect(json["chain"]?.elements?.count == 29)
    }

    @Test("Findings name their check, and the rejections that they explain")
    func findings() throws {
        let log = try SampleLog.whole()
        let file = Self.fixture("../lint/C01.server-only.der")
        let text = try log.run(["certs", "show", file], environment: ["MTLSTOP_NOW": "2026-09-01T00:00:00Z"]).1
        #expect(text.contains("[C01, RFC 5280 section 4.2.1.12; explains 26 INVALID_PURPOSE]"), "\(text)")
        let json = try log.run(["certs", "show", file, "--format", "json"]).1
        let findings = try JSONValue(parsing: json)["findings"]?.elements ?? []
        #expect(
            findings.contains {
                $0["id"] == .string("C01_eku_missing_client_auth") && $0["explains"]?.elements?.count == 1
            }
        )
    }

    @Test("What is not found, not readable or ambiguous has its exit code")
    func errors() throws {
        let log = try SampleLog.whole()
        #expect(try log.run(["certs", "show", "ffffffff"]).0 == 66)
        #expect(try log.run(["certs", "show", "./no-such-file.pem"]).0 == 66)
        let text = try log.folder.write(Array("no certificate".utf8), to: "text.pem")
        #expect(try log.run(["certs", "show", text]).0 == 65)
        #expect(try log.run(["certs", "show", "0101", "--format", "pem"]).0 == 66)
        let directory = try log.run(["certs", "show", log.folder[""]])
        #expect(directory.0 == 74 && directory.2.contains("Is a directory"), "\(directory.2)")
        for name in ["client.pem", "beef.cafe", "", "#", "#x", "abc", "١٢٣٤"] {
            let (status, _, told) = try log.run(["certs", "show", name])
            #expect(
                status == 66 && told.contains("there is no such file, and it is no fingerprint"),
                "\(name): \(told)"
            )
        }
        let nowhere = try log.run(["certs", "show", "abcd", "--db", log.folder["none.db"]])
        #expect(nowhere.0 == 66 && nowhere.2.hasPrefix("mtlstop: abcd: there is no such file, and no database"))
        let long = try log.run(["certs", "show", String(repeating: "x", count: 5000)])
        #expect(long.0 == 74 && long.2.utf8.count < 500, "\(long.2)")
        #expect(try log.run(["explain", String(repeating: "x", count: 50_000)]).2.utf8.count < 1000)
        #expect(try log.run(["explain", "10", "--format", String(repeating: "x", count: 50_000)]).2.utf8.count < 1000)
        #expect(try log.run(["certs", "show", "#1"]).0 == 0)
    }

    @Test("--check says in one line and an exit code how urgent it is")
    func check() throws {
        let log = try SampleLog.whole()
        let (critical, line, _) = try log.run(["expiring", "--check"])
        #expect(critical == 2)
        #expect(
            line == """
                EXPIRING CRITICAL - 1 critical; first svc-billing (2d) | expired_in_use=0 imminent=0 critical=1 \
                warning=0 notice=0

                """
        )
        let early = try log.run(["expiring", "--check"], environment: ["MTLSTOP_NOW": "2026-11-13T00:00:00Z"])
        #expect(early.0 == 1 && early.1.hasPrefix("EXPIRING WARNING - 1 warning"), "\(early.1)")
        let then = ["MTLSTOP_NOW": "2026-11-13T00:00:00Z"]
        let later = ["expiring", "--check", "--warning", "10d", "--critical", "5d"]
        #expect(try log.run(later, environment: then).0 == 0)
        let sooner = ["expiring", "--check", "--within", "1d", "--warning", "20d", "--critical", "13d"]
        #expect(try log.run(sooner, environment: then).0 == 2)
        #expect(try log.run(["expiring", "--warning", "1d", "--critical", "2d"]).0 == 64)
        #expect(try log.run(["expiring", "--warning", "soon"]).0 == 64)
        let calm = try log.run(["expiring", "--check", "--within", "1h"])
        #expect(calm.0 == 0 || calm.1.contains("expired"))
        let unknown = try log.run(["expiring", "--check", "--db", log.folder["none.db"]])
        #expect(unknown.0 == 3 && unknown.1.hasPrefix("EXPIRING UNKNOWN"))
    }

    private static func fixture(_ name: String, file: String = #filePath) -> String {
        "/" + file.split(separator: "/").dropLast(4).joined(separator: "/") + "/fixtures/certificates/" + name
    }
}
