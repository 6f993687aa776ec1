import AuditEvents
import AuditStore
import CertCore
import SafeText

/// Checks a report against its manifest, offline: sizes and digests of the files, counts, and the signature.
///
/// Everything in the manifest is foreign: a file's name must be a plain name, and is looked up beside the manifest.
struct ManifestVerifier {
    /// The most bytes a manifest may have: its ledger part grows with the segments it covers.
    static let mostBytes = 16 << 20

    /// The most files a manifest may name: each is read whole.
    private static let mostFiles = 16

    private let path: String
    private let bytes: [UInt8]
    private let manifest: JSONValue

    /// What the checks found.
    struct Outcome {
        /// What is right, a line each.
        var passed: [SafeText] = []
        /// What is wrong, a line each; empty when everything is right.
        var failed: [SafeText] = []
    }

    /// Reads a manifest.
    ///
    /// - Throws: exit code 65 when it is none, 66 when there is no such file.
    init(path: String) throws {
        self.path = path
        bytes = try SmallFile.read(path, atMost: Self.mostBytes)
        guard let value = try? JSONValue(parsing: bytes), value["tool"]?.stringValue == "mtlstop",
            case .array? = value["files"]
        else {
            throw Failure(
                .badInputData,
                what: path,
                why: "this is no manifest of a report",
                remedy: "name the .manifest.json that `mtlstop report -o FILE` wrote beside FILE"
            )
        }
        manifest = value
    }

    /// True when a file starts like a manifest; for commands that take several kinds of files.
    static func isManifest(_ head: [UInt8]) -> Bool {
        let text = String(decoding: head.prefix(64), as: UTF8.self)
        return text.hasPrefix("{\"tool\":\"mtlstop\"")
    }

    /// This manifest as the one that the next report follows.
    var asPrevious: ReportManifest.Previous {
        ReportManifest.Previous(name: ReportFile.name(of: path), sha256: Fingerprint.sha256(of: bytes))
    }

    /// Checks everything.
    ///
    /// - Parameter keyFile: a public key in PEM; with it an absent signature is a failure too.
    func verify(keyFile: String?) throws -> Outcome {
        var outcome = Outcome()
        try checkCounts(&outcome)
        guard case .array(let files)? = manifest["files"] else { return outcome }
        if files.isEmpty { outcome.failed.append("the manifest names no file") }
        if files.count > Self.mostFiles {
            outcome.failed.append("the manifest names \(files.count) files, and a report has at most \(Self.mostFiles)")
        } else {
            for file in files { try check(file, &outcome) }
        }
        checkPrevious(&outcome)
        checkLedger(&outcome)
        try checkSignature(keyFile, &outcome)
        return outcome
    }

    private func number(_ value: JSONValue?) -> Int64? {
        guard case .number(let digits)? = value else { return nil }
        return Int64(digits)
    }

    private func checkCounts(_ outcome: inout Outcome) throws {
        let counts = manifest["counts"]
        guard let events = number(counts?["events"]), let accepted = number(counts?["authenticated"]),
            let rejected = number(counts?["rejected"])
        else {
            outcome.failed.append("the manifest has no counts")
            return
        }
        let (sum, isTooMuch) = accepted.addingReportingOverflow(rejected)
        if accepted >= 0, rejected >= 0, !isTooMuch, sum == events {
            outcome.passed.append("counts: \(accepted) accepted and \(rejected) rejected are \(events) events")
        } else {
            outcome.failed.append("counts: \(accepted) accepted and \(rejected) rejected are not \(events) events")
        }
    }

    private func check(_ file: JSONValue, _ outcome: inout Outcome) throws {
        guard let name = file["name"]?.stringValue, let bytes = number(file["bytes"]),
            let digits = file["sha256"]?.stringValue, let wanted = Fingerprint(parsing: digits)
        else {
            outcome.failed.append("the manifest describes a file without name, bytes and sha256")
            return
        }
        if name == "-" {
            outcome.failed.append("the report was written to standard output: compare its SHA-256 \(digits) by hand")
            return
        }
        guard Self.isPlain(name) else {
            outcome.failed.append("\(name): the manifest names a file outside its folder")
            return
        }
        do {
            let content = try FileContent(folder + name, format: manifest["format"]?.stringValue)
            compare(name, content, bytes, wanted, &outcome)
        } catch let failure as Failure {
            outcome.failed.append("\(name): \(failure.why)")
        }
    }

    private func compare(
        _ name: String,
        _ content: FileContent,
        _ bytes: Int64,
        _ wanted: Fingerprint,
        _ outcome: inout Outcome
    ) {
        guard content.bytes == bytes else {
            outcome.failed.append("\(name): \(content.bytes) bytes, the manifest says \(bytes)")
            return
        }
        guard content.sha256 == wanted else {
            outcome.failed.append("\(name): its SHA-256 is \(content.sha256.hex), the manifest says \(wanted.hex)")
            return
        }
        if let events = content.events, let counted = number(manifest["counts"]?["events"]), events != counted {
            outcome.failed.append("\(name): it holds \(events) events, the manifest says \(counted)")
            return
        }
        outcome.passed.append("\(name): \(bytes) bytes, SHA-256 \(wanted.hex)")
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.contains("/") && name != ".." && name != "." && !name.utf8.contains(0)
    }

    /// Whether the report before is the one it was; one that is not here is told of, and is no failure.
    private func checkPrevious(_ outcome: inout Outcome) {
        guard let previous = manifest["previous"], previous != .null else { return }
        guard let name = previous["name"]?.stringValue, Self.isPlain(name),
            let digits = previous["sha256"]?.stringValue, let wanted = Fingerprint(parsing: digits)
        else {
            outcome.failed.append("previous: the manifest does not say which report it follows")
            return
        }
        do {
            let found = Fingerprint.sha256(of: try SmallFile.read(folder + name, atMost: Self.mostBytes))
            if found == wanted {
                outcome.passed.append("previous: follows \(name)")
            } else {
                outcome.failed.append(
                    "previous: the SHA-256 of \(name) is \(found.hex), the manifest says \(wanted.hex)"
                )
            }
        } catch let failure as Failure where failure.status == .inputNotFound {
            outcome.passed.append("previous: \(name) is not here, not checked (SHA-256 \(wanted.hex))")
        } catch {
            outcome.failed.append("previous: \(name) cannot be read")
        }
    }

    /// Whether every segment's proof leads to the checkpoint, and the log's own key signed that.
    private func checkLedger(_ outcome: inout Outcome) {
        guard let ledger = manifest["ledger"], ledger != .null else { return }
        guard case .array(let proofs)? = ledger["proofs"] else {
            outcome.failed.append("ledger: the manifest has no proofs")
            return
        }
        guard let text = ledger["checkpoint"]?.stringValue else {
            outcome.passed.append("ledger: no checkpoint was signed yet")
            return
        }
        guard let note = CheckpointNote(text) else {
            outcome.failed.append("ledger: the checkpoint cannot be read")
            return
        }
        if let problem = note.problem(keys: []) {
            outcome.failed.append("ledger: \(problem)")
            return
        }
        let good = proofs.allSatisfy { proof in
            SegmentProof(proof)?.leads(to: note.claim.root, size: note.claim.size) ?? false
        }
        if good {
            let segments = proofs.count == 1 ? "1 segment is" : "\(proofs.count) segments are"
            outcome.passed.append("ledger: \(segments) in the log of the signed checkpoint")
        } else {
            outcome.failed.append("ledger: a segment is not in the log of the signed checkpoint")
        }
    }

    private var folder: String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    private func checkSignature(_ keyFile: String?, _ outcome: inout Outcome) throws {
        let signature: [UInt8]
        do {
            signature = try SmallFile.read(path + ".sig", atMost: 4096)
        } catch let failure as Failure where failure.status == .inputNotFound {
            let line: SafeText = "signature: there is none"
            if keyFile == nil { outcome.passed.append(line) } else { outcome.failed.append(line) }
            return
        }
        guard let keyFile else {
            outcome.passed.append("signature: present, not checked (name the public key with --key)")
            return
        }
        let text = try SmallFile.read(keyFile, atMost: 64 << 10)
        guard let key = Ed25519PublicKey(pem: String(decoding: text, as: UTF8.self)) else {
            throw Failure(.badInputData, what: keyFile, why: "this is no Ed25519 public key in PEM")
        }
        let base64 = String(decoding: signature.filter { $0 > 0x20 }, as: UTF8.self)
        if let decoded = Base64.decode(base64), key.verifies(decoded, of: bytes) {
            outcome.passed.append("signature: good, by the key in \(keyFile)")
        } else {
            outcome.failed.append("signature: not made by the key in \(keyFile) over this manifest")
        }
    }
}
