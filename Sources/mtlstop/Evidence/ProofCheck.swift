import AuditEvents
import AuditStore
import CertCore
import SafeText

/// Checks an exported proof without the database.
struct ProofCheck {
    /// What came out.
    struct Result {
        var isValid: Bool
        var lines: [SafeText]
    }

    private let path: String
    private let keys: [Ed25519PublicKey]

    init(path: String, keys: [Ed25519PublicKey]) {
        self.path = path
        self.keys = keys
    }

    /// Whether a JSON value says that it is a proof.
    static func isProof(_ value: JSONValue) -> Bool { value["mtlstop_proof"] != nil }

    /// Checks a proof.
    func run(_ value: JSONValue) throws -> Result {
        switch value["mtlstop_proof"]?.stringValue {
        case "event":
            guard let proof = EventProof(value) else { throw unreadable }
            if let problem = proof.problem(keys: keys) { return refused(problem) }
            return Result(isValid: true, lines: facts(proof) + signer(proof.checkpoint))
        case "consistency":
            guard let proof = ConsistencyProof(value) else { throw unreadable }
            if let problem = proof.problem(keys: keys) { return refused(problem) }
            let sizes = "\(proof.old.claim.size) segments is the beginning of the one over \(proof.new.claim.size)"
            let line: SafeText = "\(SafeText(path)): proved: the log over \(SafeText(sizes))"
            return Result(isValid: true, lines: [line] + signer(proof.new))
        default: throw unreadable
        }
    }

    private var unreadable: Failure {
        Failure(.badInputData, what: path, why: "this proof cannot be read", remedy: "export it again")
    }

    private func refused(_ problem: String) -> Result {
        Result(isValid: false, lines: ["\(SafeText(path)): not proved: \(SafeText(problem))"])
    }

    private func facts(_ proof: EventProof) -> [SafeText] {
        guard let event = EventRecord(proof.record) else { return [] }
        let outcome = event.isRejected ? "rejected" : "authenticated"
        var lines: [SafeText] = ["\(SafeText(path)): proved: event \(event.id) is in the log"]
        var facts = [("time", event.time.rfc3339), ("received", event.received.rfc3339), ("outcome", outcome)]
        if let reason = EventRecord.reason(proof.verdict) { facts.append(("reason", reason)) }
        facts += EventRecord.contextTexts(proof.context).map { ($0.name, $0.text) }
        if let path = event.path { facts.append(("path", path)) }
        if let ip = event.ip { facts.append(("ip", ip)) }
        if !event.certificate.isEmpty {
            facts.append(("certificate", Fingerprint(bytes: event.certificate)?.hex ?? "known by its names only"))
        }
        for (name, value) in facts { lines.append("  \(SafeText(name)): \(SafeText(value))") }
        return lines
    }

    private func signer(_ note: CheckpointNote) -> [SafeText] {
        ["signed by: \(SafeText(CheckpointNote.verifierKey(note.claim.identity)))"]
    }
}
