package import AuditEvents
package import CertCore
package import SafeText

/// Shows that a segment is part of the log that a checkpoint signs.
package struct SegmentProof: Hashable, Sendable {
    /// What the segment says: its place, its events, their root.
    package var body: SegmentBody
    /// The hashes from its head to the checkpoint's root, the lowest first.
    package var path: [SHA256Digest]

    /// Whether the path leads to a root over so many segments.
    package func leads(to root: SHA256Digest, size: Int64) -> Bool {
        MerkleProof.root(leaf: body.head, index: body.number, size: size, path: path) == root
    }

    /// Writes the proof as a JSON object.
    package func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("segment", body.number)
        writer.member("firstEvent", body.eventIDs.lowerBound)
        writer.member("events", Int64(body.eventIDs.count))
        writer.member("body", Base64.encode(body.bytes))
        writer.member("path", path.map { Base64.encode($0.bytes) })
        writer.endObject()
    }

    /// Reads a proof; nil when the value is none.
    package init?(_ value: JSONValue) {
        guard let bytes = value["body"]?.stringValue.flatMap({ Base64.decode($0) }), let body = SegmentBody(bytes),
            let path = ProofText.path(value["path"])
        else { return nil }
        self.init(body: body, path: path)
    }

    init(body: SegmentBody, path: [SHA256Digest]) {
        self.body = body
        self.path = path
    }
}

/// Reads the parts that proofs share.
enum ProofText {
    /// The hashes of a path; nil when the value is none.
    static func path(_ value: JSONValue?) -> [SHA256Digest]? {
        guard let elements = value?.elements, elements.count <= 64 else { return nil }
        let hashes = elements.compactMap { element in
            element.stringValue.flatMap { Base64.decode($0) }.flatMap { SHA256Digest(bytes: $0) }
        }
        return hashes.count == elements.count ? hashes : nil
    }

    /// The bytes of a base64 member.
    static func bytes(_ value: JSONValue?) -> [UInt8]? {
        value?.stringValue.flatMap { Base64.decode($0) }
    }
}
