import AuditStore
import CertCore
import Glibc
import Testing

@testable import mtlstop

@Suite("mtlstop verify, hold and compact")
struct VerifyCommandTests {
    @Test("A database that a collector wrote is intact: 0, and again after kill -9")
    func intact() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        try send(folder, events: 200)
        try collector.kill()
        let killed = try run(["verify", "--db", folder.database], in: folder)
        #expect(killed.code == 0, "\(killed.output) \(killed.errors)")
        #expect(killed.output.contains("intact: 200 events"))
        #expect(killed.output.contains("no checkpoint file"))
        let second = try CollectorProcess(in: folder, label: "again")
        try send(folder, events: 100)
        #expect(try second.terminate() == 0)
        let stopped = try run(["verify", folder.database], in: folder)
        #expect(stopped.code == 0, "\(stopped.output) \(stopped.errors)")
        #expect(stopped.output.contains("intact: 300 events") && stopped.output.contains("signed by: mtlstop/"))
    }

    @Test("A changed page is 2 and named; a file that is not there is 66, one that is no database 65")
    func codes() throws {
        let folder = try TestFolder()
        try collect(folder, events: 500)
        var bytes = try #require(folder.bytes(of: "audit.db"))
        // In the table and in its index.
        let places = Self.find(Array("/path/17".utf8), in: bytes)
        try #require(!places.isEmpty)
        for place in places { bytes[place + 1] ^= 2 }
        _ = try folder.write(bytes, to: "changed.db")
        let changed = try run(["verify", folder["changed.db"]], in: folder)
        #expect(changed.code == 2, "\(changed.output)")
        #expect(changed.output.contains("not intact: the first problem is in segment 0"))
        #expect(changed.output.contains("string:"))
        #expect(try run(["verify", folder["nothing.db"]], in: folder).code == 66)
        _ = try folder.write(Array(String(repeating: "no database ", count: 999).utf8), to: "text")
        #expect(try run(["verify", folder["text"]], in: folder).code == 65)
        _ = try folder.write(Array(#"{"a":1}"#.utf8), to: "json")
        #expect(try run(["verify", folder["json"]], in: folder).code == 65)
    }

    @Test("A proof is checked in a folder that has nothing else, and refused when it or the key is another")
    func proofs() throws {
        let folder = try TestFolder()
        try collect(folder, events: 20)
        let made = try run(["verify", folder.database, "--prove-event", "7", "-o", folder["proof.json"]], in: folder)
        #expect(made.code == 0, "\(made.errors)")
        let elsewhere = try TestFolder()
        let proof = try #require(folder.bytes(of: "proof.json"))
        let path = try elsewhere.write(proof, to: "proof.json")
        let checked = try run(["verify", path], in: elsewhere)
        #expect(checked.code == 0 && checked.output.contains("proved: event 7 is in the log"), "\(checked.output)")
        #expect(checked.output.contains("path: /path/7"))
        let signer = checked.output.split(separator: "\n").last?.split(separator: " ").last.map(String.init)
        #expect(try run(["verify", path, "--key", try #require(signer)], in: elsewhere).code == 0)
        let other = try #require(Ed25519PrivateKey.generate()?.publicKey?.pem)
        let key = try elsewhere.write(Array(other.utf8), to: "key.pem")
        #expect(try run(["verify", path, "--key", key], in: elsewhere).code == 2)
        let text = String(decoding: proof, as: UTF8.self).replacing("events 20", with: "events 21")
        #expect(try run(["verify", elsewhere.write(Array(text.utf8), to: "forged.json")], in: elsewhere).code == 2)
        #expect(try run(["verify", folder.database, "--prove-event", "99"], in: folder).code == 66)
        let grown = try run(["verify", folder.database, "--prove-consistency", "1", "1"], in: folder)
        #expect(grown.code == 0 && grown.output.contains("\"consistency\""))
    }

    @Test("Each checkpoint is given to the command, and covers what the database says")
    func checkpointCommand() throws {
        let folder = try TestFolder()
        let notes = folder["anchor"]
        try collect(folder, events: 10, options: ["--checkpoint-command", "cat >> '\(notes)'", "--log-checkpoints"])
        let anchored = try run(["verify", folder.database, "--checkpoints", notes], in: folder)
        #expect(anchored.code == 0, "\(anchored.output)")
        #expect(folder.text(of: "anchor").contains("\u{2014} mtlstop/"))
        #expect(folder.text(of: "collect.err").contains("checkpoint"))
    }

    @Test("A hold is added, listed and removed; compacting waits for the collector's end")
    func holdAndCompact() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder, options: ["--retain", "400d"])
        try send(folder, events: 10)
        #expect(try run(["compact", "--db", folder.database], in: folder).code == 75)
        let added = try run(
            ["hold", "add", "--db", folder.database, "--since", "2026-01-01", "--reason", "case \u{1B}[2J"],
            in: folder
        )
        #expect(added.code == 0 && added.output == "hold 1\n", "\(added.errors)")
        let listed = try run(["hold", "list", "--db", folder.database], in: folder)
        #expect(listed.output.contains("2026-01-01T00:00:00.000Z") && listed.output.contains(#"case \e[2J"#))
        #expect(try run(["hold", "remove", "--db", folder.database, "1"], in: folder).code == 0)
        #expect(try run(["hold", "remove", "--db", folder.database, "1"], in: folder).code == 66)
        #expect(try collector.terminate() == 0)
        let compacted = try run(["compact", "--db", folder.database], in: folder)
        #expect(compacted.code == 0 && compacted.output.contains("bytes after"), "\(compacted.errors)")
        #expect(try run(["verify", folder.database], in: folder).code == 0)
    }

    private func collect(_ folder: TestFolder, events: Int, options: [String] = []) throws {
        let collector = try CollectorProcess(in: folder, options: options)
        try send(folder, events: events)
        #expect(try collector.terminate() == 0)
    }

    private func send(_ folder: TestFolder, events: Int) throws {
        let lines = (1...events).map { #"{"event":"authenticated","req":{"url":"/path/\#($0)"}}"# + "\n" }.joined()
        let input = try folder.write(Array(lines.utf8), to: "input.ndjson")
        let child = try ChildProcess(
            ["send", "--socket", folder["ingest.sock"]],
            in: folder,
            label: "send",
            input: input
        )
        #expect(try child.wait() == 0, "\(child.errors)")
    }

    private func run(
        _ arguments: [String],
        in folder: TestFolder
    ) throws -> (code: Int32, output: String, errors: String) {
        let child = try ChildProcess(arguments, in: folder, label: "run")
        let code = try child.wait()
        return (code, child.output, child.errors)
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> [Int] {
        bytes.indices.filter { bytes[$0...].starts(with: needle) }
    }
}

extension TestFolder {
    /// The bytes of a file of the folder.
    fileprivate func bytes(of name: String) -> [UInt8]? {
        guard let file = fopen(self[name], "rbe") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }
}
