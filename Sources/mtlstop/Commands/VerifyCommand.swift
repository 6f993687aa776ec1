import ArgumentParser
import AuditEvents
import AuditStore
import CertCore
import SafeText

/// `mtlstop verify`: whether the evidence is what it was.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a database, a proof or a report against the ledger.",
        discussion: """
            A database is checked event by event against its ledger, and the ledger against the checkpoints in \
            DB-checkpoints. Exit 0: intact; 2: not, with the first bad segment; 66: there is no such file; 65: it is \
            none of ours. A proof is checked without the database. docs/evidence.md says what each can and cannot tell.

            EXAMPLES:
              mtlstop verify
              mtlstop verify copy.db --checkpoints /safe/audit.db-checkpoints \\
                --key "$(cat /safe/audit.key)"
              mtlstop verify november.html.manifest.json --key audit-public.pem
              mtlstop verify --prove-event 4711 -o event-4711.json
              mtlstop verify event-4711.json
              mtlstop verify --prove-consistency 120 480 -o grown.json
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A database, a proof or a report's manifest (default: the audit database).",
            valueName: "file"
        )
    )
    var file: String?

    @OptionGroup var place: PlaceOptions

    @Option(help: ArgumentHelp("Checkpoints that were kept elsewhere.", valueName: "file"))
    var checkpoints: String?

    @Option(
        help: ArgumentHelp(
            "The key that must have signed (repeatable): a verifier key, base64, or a file with one or with PEM.",
            valueName: "key"
        )
    )
    var key: [String] = []

    @Option(help: ArgumentHelp("Write the proof that this event is in the log.", valueName: "id"))
    var proveEvent: Int64?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Write the proof that one checkpoint's log goes on as another's.", valueName: "size")
    )
    var proveConsistency: [Int64] = []

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Write the proof to a file.", valueName: "file"))
    var output: String?

    func validate() throws {
        if !proveConsistency.isEmpty, proveConsistency.count != 2 {
            throw ValidationError("--prove-consistency takes the sizes of two checkpoints")
        }
        if proveEvent != nil, !proveConsistency.isEmpty {
            throw ValidationError("one proof at a time: --prove-event or --prove-consistency")
        }
    }

    func run() async throws {
        let path = file ?? place.places.database
        let keys = try key.map { try VerifierKeys.read($0) }
        if proveEvent != nil || !proveConsistency.isEmpty { return try writeProof(path) }
        let verdict =
            switch try VerifyTarget.of(path) {
            case .database: try verifyDatabase(path, keys)
            case .json(let bytes): try verifyJSON(bytes, path, keys)
            }
        if !verdict { throw ExitCode(ExitStatus.checkSaysNo.rawValue) }
    }

    private func verifyDatabase(_ path: String, _ keys: [Ed25519PublicKey]) throws -> Bool {
        let progress = VerifyProgress()
        defer { progress.end() }
        do {
            let verifier = LedgerVerifier(path: path, checkpoints: checkpoints, keys: keys)
            let report = try verifier.run { progress.show($0) }
            progress.end()
            try Self.print(VerifyAnswer(path: path, report: report).lines)
            return report.isIntact
        } catch let error as StoreError {
            throw Failure(reading: error)
        }
    }

    private func verifyJSON(_ bytes: [UInt8], _ path: String, _ keys: [Ed25519PublicKey]) throws -> Bool {
        guard let value = try? JSONValue(parsing: bytes), ProofCheck.isProof(value) else {
            return try ManifestVerification.run(path, keyFile: key.first) == .done
        }
        let result = try ProofCheck(path: path, keys: keys).run(value)
        try Self.print(result.lines)
        return result.isValid
    }

    private func writeProof(_ path: String) throws {
        var writer = JSONWriter(capacity: 4096)
        do {
            let reader = try AuditReader(path: path)
            if let proveEvent {
                try reader.eventProof(proveEvent).writeJSON(to: &writer)
            } else {
                try reader.consistencyProof(from: proveConsistency[0], to: proveConsistency[1]).writeJSON(to: &writer)
            }
        } catch {
            throw Failure(reading: error)
        }
        writer.newline()
        if let output { return try FileDraft.write(writer.bytes, to: output) }
        var standard = StandardOutput()
        try standard.write(writer.bytes)
        try standard.flush()
    }

    private static func print(_ lines: [SafeText]) throws {
        var output = StandardOutput()
        for line in lines { try output.line(line) }
        try output.flush()
    }
}
