import AuditEvents
package import CertCore
package import SafeText

/// Where the ledger of a database stands: what a report says about the evidence behind it.
package struct LedgerHead: Hashable, Sendable {
    /// The first event that the ledger covers.
    package var firstEvent: Int64
    /// The greatest event id in a sealed segment; below `firstEvent` while none is sealed.
    package var lastSealedEvent: Int64
    /// The greatest event id that the running segment's state covers.
    package var lastEvent: Int64
    /// The number of sealed segments.
    package var segments: Int64
    /// The Merkle root over them (RFC 9162).
    package var root: SHA256Digest
    /// The newest checkpoint, a signed note; nil before the first.
    package var checkpoint: CheckpointNote?

    /// Writes the head as a JSON object: the manifest's `ledger`.
    ///
    /// - Parameter proofs: Segments of the report's events; each leads to the checkpoint's root.
    package func writeJSON(to writer: inout JSONWriter, proofs: [SegmentProof] = []) {
        writer.beginObject()
        writer.member("firstEvent", firstEvent)
        writer.member("lastSealedEvent", lastSealedEvent)
        writer.member("lastEvent", lastEvent)
        writer.member("segments", segments)
        writer.member("root", Base64.encode(root.bytes))
        writer.member("checkpoint", checkpoint?.text)
        writer.key("proofs")
        writer.beginArray()
        for proof in proofs { proof.writeJSON(to: &writer) }
        writer.endArray()
        writer.endObject()
    }
}
