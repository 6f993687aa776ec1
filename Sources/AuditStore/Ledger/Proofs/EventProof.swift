package import AuditEvents
package import CertCore
package import SafeText

/// Shows that one event is in a log, to somebody who has the log's identity and nothing else.
package struct EventProof: Hashable, Sendable {
    /// The checkpoint that covers it.
    package var checkpoint: CheckpointNote
    /// Its segment.
    package var segment: SegmentProof
    /// Its canonical record.
    package var record: [UInt8]
    /// The hashes from its leaf to the segment's root over events.
    package var path: [SHA256Digest]
    /// The records that its own one refers to by their digests.
    package var context: [UInt8]
    package var verdict: [UInt8]
    /// The DER that its record refers to, where it is known.
    package var certificate: [UInt8]?

    init(
        checkpoint: CheckpointNote,
        segment: SegmentProof,
        record: [UInt8],
        path: [SHA256Digest],
        context: [UInt8],
        verdict: [UInt8],
        certificate: [UInt8]?
    ) {
        self.checkpoint = checkpoint
        self.segment = segment
        self.record = record
        self.path = path
        self.context = context
        self.verdict = verdict
        self.certificate = certificate
    }

    /// Reads a proof; nil when the value is none.
    package init?(_ value: JSONValue) {
        guard let note = value["checkpoint"]?.stringValue.flatMap({ CheckpointNote($0) }),
            let segment = value["segment"].flatMap({ SegmentProof($0) }),
            let record = ProofText.bytes(value["record"]), let path = ProofText.path(value["path"]),
            let context = ProofText.bytes(value["context"]), let verdict = ProofText.bytes(value["verdict"])
        else { return nil }
        self.init(
            checkpoint: note,
            segment: segment,
            record: record,
            path: path,
            context: context,
            verdict: verdict,
            certificate: ProofText.bytes(value["certificate"])
        )
    }

    /// Writes the proof as a JSON object.
    package func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("mtlstop_proof", "event")
        writer.member("checkpoint", checkpoint.text)
        writer.key("segment")
        segment.writeJSON(to: &writer)
        writer.member("record", Base64.encode(record))
        writer.member("path", path.map { Base64.encode($0.bytes) })
        writer.member("context", Base64.encode(context))
        writer.member("verdict", Base64.encode(verdict))
        writer.member("certificate", certificate.map { Base64.encode($0) })
        writer.endObject()
    }

    /// What is wrong with the proof; nil when it holds.
    ///
    /// - Parameter keys: Identities that may have signed the checkpoint; any when empty.
    package func problem(keys: [Ed25519PublicKey]) -> String? {
        if let problem = checkpoint.problem(keys: keys) { return problem }
        guard segment.leads(to: checkpoint.claim.root, size: checkpoint.claim.size) else {
            return "the segment is not in the log of the checkpoint"
        }
        guard let event = EventRecord(record) else { return "the event's record cannot be read" }
        let ids = segment.body.eventIDs
        guard ids.contains(event.id) else { return "the event is not one of the segment's" }
        let root = MerkleProof.root(
            leaf: MerkleTree.leaf(record),
            index: event.id - ids.lowerBound,
            size: Int64(ids.count),
            path: path
        )
        if root != segment.body.eventRoot { return "the event is not in the segment" }
        if SHA256Digest(of: context) != event.context { return "the context is not the event's" }
        if SHA256Digest(of: verdict) != event.verdict { return "the verdict is not the event's" }
        if let certificate, event.certificateKind == 1, SHA256Digest(of: certificate).bytes != event.certificate {
            return "the certificate is not the event's"
        }
        return nil
    }
}

/// Shows that the log of one checkpoint is the beginning of the log of another.
package struct ConsistencyProof: Hashable, Sendable {
    /// The earlier checkpoint.
    package var old: CheckpointNote
    /// The later one.
    package var new: CheckpointNote
    /// The hashes of RFC 9162, section 2.1.4.
    package var path: [SHA256Digest]

    init(old: CheckpointNote, new: CheckpointNote, path: [SHA256Digest]) {
        self.old = old
        self.new = new
        self.path = path
    }

    /// Reads a proof; nil when the value is none.
    package init?(_ value: JSONValue) {
        guard let old = value["old"]?.stringValue.flatMap({ CheckpointNote($0) }),
            let new = value["new"]?.stringValue.flatMap({ CheckpointNote($0) }),
            let path = ProofText.path(value["path"])
        else { return nil }
        self.init(old: old, new: new, path: path)
    }

    /// Writes the proof as a JSON object.
    package func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("mtlstop_proof", "consistency")
        writer.member("old", old.text)
        writer.member("new", new.text)
        writer.member("path", path.map { Base64.encode($0.bytes) })
        writer.endObject()
    }

    /// What is wrong with the proof; nil when it holds.
    package func problem(keys: [Ed25519PublicKey]) -> String? {
        if let problem = old.problem(keys: keys) ?? new.problem(keys: keys) { return problem }
        if old.claim.identity != new.claim.identity { return "the two checkpoints are of different logs" }
        let isConsistent = MerkleProof.isConsistent(
            old: (old.claim.size, old.claim.root),
            new: (new.claim.size, new.claim.root),
            path: path
        )
        return isConsistent ? nil : "the later log does not begin with the earlier one"
    }
}

extension CheckpointNote {
    /// What is wrong with the signatures; nil when they hold.
    package func problem(keys: [Ed25519PublicKey]) -> String? {
        if !keys.isEmpty, !keys.contains(claim.identity) { return "the checkpoint is signed by another log" }
        return isSignedByIdentity && isSignedByEpoch ? nil : "a signature under the checkpoint is wrong"
    }
}
