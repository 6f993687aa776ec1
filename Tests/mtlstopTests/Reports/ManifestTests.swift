import AuditEvents
import CertCore
import Glibc
import Testing

@Suite("mtlstop verify on a report's manifest")
struct ManifestTests {
    /// A signed report in a folder of its own.
    private struct Signed {
        let log: SampleLog
        let manifest: String
        let publicKey: String

        init() throws {
            log = try SampleLog.whole()
            try log.close()
            let key = try #require(Ed25519PrivateKey.generate())
            let secret = try log.folder.write(Array(try #require(key.pem).utf8), to: "key.pem")
            publicKey = try log.folder.write(Array(try #require(key.publicKey?.pem).utf8), to: "public.pem")
            let (status, _, errors) = try log.run(["report", "-o", log.folder["r.csv"], "--sign", secret])
            try #require(status == 0, "\(errors)")
            manifest = log.folder["r.csv.manifest.json"]
        }

        func verify(_ more: [String] = []) throws -> (Int32, String, String) {
            try log.run(["verify", manifest] + more)
        }

        func edit(_ name: String, _ change: (String) -> String) throws {
            _ = try log.folder.write(Array(change(log.folder.text(of: name)).utf8), to: name)
        }
    }

    @Test("A report as it was made is intact: file, counts and signature")
    func intact() throws {
        let signed = try Signed()
        let (status, output, errors) = try signed.verify(["--key", signed.publicKey])
        #expect(status == 0 && errors.isEmpty, "\(output)\(errors)")
        #expect(output.contains("signature: good") && output.hasSuffix("r.csv.manifest.json: intact\n"), "\(output)")
    }

    @Test("Stock openssl takes the signature for good over the manifest's bytes")
    func openssl() throws {
        let signed = try Signed()
        let folder = signed.log.folder
        let base64 = folder.text(of: "r.csv.manifest.json.sig")
        let signature = try folder.write(try #require(Base64.decode(String(base64.dropLast()))), to: "sig.bin")
        let child = try ChildProcess(
            [
                "pkeyutl", "-verify", "-pubin", "-inkey", signed.publicKey, "-rawin", "-in", signed.manifest,
                "-sigfile", signature,
            ],
            in: folder,
            label: "openssl",
            program: "/usr/bin/openssl"
        )
        #expect(try child.wait() == 0, "\(child.output)\(child.errors)")
    }

    @Test("The manifest proves that the events' segments are in the signed log; a changed proof is found")
    func ledger() throws {
        let signed = try Signed()
        let (status, output, _) = try signed.verify()
        #expect(status == 0 && output.contains("ledger: 1 segment is in the log of the signed checkpoint"), "\(output)")
        let manifest = try JSONValue(parsing: Array(signed.log.folder.text(of: "r.csv.manifest.json").utf8))
        let proof = try #require(manifest["ledger"]?["proofs"]?.elements?.first)
        #expect(proof["firstEvent"] == .number("1") && proof["events"] == .number("6"))
        let body = try #require(proof["body"]?.stringValue)
        let changes: [(String) -> String] = [
            { $0.replacing(body, with: String(body.dropLast(8)) + "AAAAAAAA") },
            { $0.replacing("\\u000atime 2026", with: "\\u000atime 2025") },
            { $0.replacing("\"proofs\":[", with: "\"prooves\":[") },
        ]
        for change in changes {
            let changed = try Signed()
            try changed.edit("r.csv.manifest.json") { _ in change(signed.log.folder.text(of: "r.csv.manifest.json")) }
            let (status, output, _) = try changed.verify()
            #expect(status == 2 && output.contains("WRONG   ledger: "), "\(output)")
        }
    }

    @Test("One changed byte of the file is found, and so is one more")
    func changedFile() throws {
        for change in [{ $0.replacing("GET", with: "PUT") }, { $0 + " " }] as [(String) -> String] {
            let signed = try Signed()
            try signed.edit("r.csv", change)
            let (status, output, _) = try signed.verify()
            #expect(status == 2 && output.contains("WRONG   r.csv: "), "\(output)")
        }
    }

    @Test("A changed manifest is found by its signature, another key by itself")
    func changedManifest() throws {
        let signed = try Signed()
        try signed.edit("r.csv.manifest.json") { $0.replacing("\"filter\":\"\"", with: "\"filter\":\"cn:a\"") }
        #expect(try signed.verify().0 == 0, "without a key only the files are checked")
        let (status, output, _) = try signed.verify(["--key", signed.publicKey])
        #expect(status == 2 && output.contains("WRONG   signature"), "\(output)")
        let other = try #require(Ed25519PrivateKey.generate()?.publicKey?.pem)
        let key = try signed.log.folder.write(Array(other.utf8), to: "other.pem")
        #expect(try Signed().verify(["--key", key]).0 == 2)
    }

    @Test("Counts that do not add up, or are not those of the file, are found")
    func counts() throws {
        let signed = try Signed()
        try signed.edit("r.csv.manifest.json") { $0.replacing("\"rejected\":3", with: "\"rejected\":4") }
        #expect(try signed.verify().1.contains("are not 6 events"))
        let more = try Signed()
        try more.edit("r.csv.manifest.json") {
            $0.replacing("\"rejected\":3", with: "\"rejected\":4").replacing("\"events\":6", with: "\"events\":7")
        }
        #expect(try more.verify().1.contains("it holds 6 events, the manifest says 7"))
    }

    @Test("A demanded signature that is not there is wrong; a missing file is wrong")
    func missing() throws {
        let signed = try Signed()
        unlink(signed.manifest + ".sig")
        #expect(try signed.verify().0 == 0)
        #expect(try signed.verify(["--key", signed.publicKey]).0 == 2)
        unlink(signed.log.folder["r.csv"])
        let (status, output, _) = try signed.verify()
        #expect(status == 2 && output.contains("WRONG   r.csv: No such file"), "\(output)")
    }

    @Test(
        "A manifest cannot make the check read elsewhere",
        arguments: ["../r.csv", "/etc/passwd", "..", "", "a/b", "r.csv\\u0000x"]
    )
    func otherFolders(_ name: String) throws {
        let signed = try Signed()
        try signed.edit("r.csv.manifest.json") {
            $0.replacing("\"name\":\"r.csv\"", with: "\"name\":\"\(name)\"")
        }
        let (status, output, _) = try signed.verify()
        #expect(status == 2 && output.contains("outside its folder"), "\(output)")
    }

    @Test("Reports form a chain: a changed or exchanged report before is found, an absent one is told of")
    func chain() throws {
        let signed = try Signed()
        let folder = signed.log.folder
        let made = try signed.log.run(["report", "-o", folder["s.csv"], "--previous", signed.manifest])
        #expect(made.0 == 0, "\(made.2)")
        let next = folder["s.csv.manifest.json"]
        let digest = Fingerprint.sha256(of: Array(folder.text(of: "r.csv.manifest.json").utf8)).hex
        let previous = try JSONValue(parsing: Array(folder.text(of: "s.csv.manifest.json").utf8))["previous"]
        #expect(previous?["name"]?.stringValue == "r.csv.manifest.json" && previous?["sha256"]?.stringValue == digest)
        let good = try signed.log.run(["verify", next])
        #expect(good.0 == 0 && good.1.contains("ok      previous: follows r.csv.manifest.json"), "\(good.1)")
        try signed.edit("r.csv.manifest.json") { $0 + " " }
        let changed = try signed.log.run(["verify", next])
        #expect(changed.0 == 2 && changed.1.contains("WRONG   previous: the SHA-256 of"), "\(changed.1)")
        unlink(signed.manifest)
        let absent = try signed.log.run(["verify", next])
        #expect(absent.0 == 0 && absent.1.contains("is not here, not checked"), "\(absent.1)")
        #expect(try signed.log.run(["report", "-o", folder["t.csv"], "--previous", signed.manifest]).0 == 66)
        #expect(try signed.log.run(["report", "-o", folder["t.csv"], "--previous", folder["r.csv"]]).0 == 65)
        #expect(try signed.log.run(["report", "--previous", next]).0 == 64, "no manifest would hold it")
    }

    @Test(
        "Each field of a manifest that is wrong or absent is named",
        arguments: [
            ("\"rejected\":3", "\"rejected\":9223372036854775807", "are not 6 events"),
            ("\"authenticated\":3,\"rejected\":3", "\"authenticated\":-3,\"rejected\":9", "are not 6 events"),
            ("\"events\":6", "\"events\":\"6\"", "the manifest has no counts"),
            ("\"counts\":", "\"count\":", "the manifest has no counts"),
            ("\"bytes\":", "\"bytes\":1", "the manifest says 1"),
            ("\"bytes\":", "\"byte\":", "without name, bytes and sha256"),
            ("\"sha256\":\"", "\"sha256\":\"00", "without name, bytes and sha256"),
            ("\"name\":\"r.csv\"", "\"name\":\"-\"", "compare its SHA-256"),
            ("\"name\":\"r.csv\"", "\"name\":\"key.pem\"", "key.pem: "),
            ("\"notes\":", "\"previous\":{\"name\":\"../x\"},\"notes\":", "which report it follows"),
        ]
    )
    func fields(_ old: String, _ new: String, _ word: String) throws {
        let signed = try Signed()
        try #require(signed.log.folder.text(of: "r.csv.manifest.json").contains(old))
        try signed.edit("r.csv.manifest.json") { $0.replacing(old, with: new) }
        let (status, output, errors) = try signed.verify()
        #expect(status == 2 && output.contains(word) && errors.isEmpty, "\(output)\(errors)")
        #expect(try signed.verify(["--key", signed.publicKey]).1.contains("WRONG   signature"))
    }

    @Test("A manifest that is huge, deep, or names a thousand files ends soon with a word")
    func hostile() throws {
        let signed = try Signed()
        let head = "{\"tool\":\"mtlstop\",\"files\":["
        let folder = signed.log.folder
        let huge = try folder.write(Array(head.utf8) + [UInt8](repeating: 0x20, count: 17 << 20), to: "huge.json")
        let large = try signed.log.run(["verify", huge])
        #expect(large.0 == 65 && large.2.hasPrefix("mtlstop: "), "\(large.2)")
        let deep = try folder.write(Array((head + String(repeating: "[", count: 200_000)).utf8), to: "deep.json")
        let nested = try signed.log.run(["verify", deep])
        #expect(nested.0 == 65 && nested.2.hasPrefix("mtlstop: "), "\(nested.2)")
        let file = "{\"name\":\"r.csv\",\"bytes\":1,\"sha256\":\"\(String(repeating: "0", count: 64))\"}"
        let names = Array(repeating: file, count: 1000).joined(separator: ",")
        let many = try folder.write(Array((head + names + "]}").utf8), to: "many.json")
        let crowd = try signed.log.run(["verify", many])
        #expect(crowd.0 == 2 && crowd.1.contains("names 1000 files"), "\(crowd.1)")
    }

    @Test("A signature that is cut, empty, no base64 or too long is wrong, and none stops the check")
    func signatures() throws {
        let signed = try Signed()
        let name = "r.csv.manifest.json.sig"
        let good = signed.log.folder.text(of: name)
        for text in ["", String(good.dropFirst(8)), "!!!!", good + good] {
            try signed.edit(name) { _ in text }
            let (status, output, _) = try signed.verify(["--key", signed.publicKey])
            #expect(status == 2 && output.contains("WRONG   signature: not made by the key"), "\(text): \(output)")
        }
    }

    @Test("What is no manifest is exit code 65, what is not there 66, a key of another kind 65")
    func refusals() throws {
        let signed = try Signed()
        let folder = signed.log.folder
        for text in ["", "{}", "[1]", "{\"tool\":\"mtlstop\"}", "{\"tool\":\"mtlstop\",\"files\":7}"] {
            let path = try folder.write(Array(text.utf8), to: "no.json")
            let (status, _, errors) = try signed.log.run(["verify", path])
            #expect(status == 65 && errors.hasPrefix("mtlstop: "), "\(text): \(errors)")
        }
        #expect(try signed.log.run(["verify", folder["none.json"]]).0 == 66)
        #expect(try signed.verify(["--key", folder["r.csv"]]).0 == 65)
        #expect(try signed.log.run(["report", "-o", folder["x.csv"], "--sign", folder["r.csv"]]).0 == 65)
        #expect(folder.text(of: "x.csv").isEmpty, "nothing is written when the key is none")
    }
}
