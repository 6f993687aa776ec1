import AuditEvents
package import CertCore

/// A checkpoint of the ledger: a signed note as C2SP describes it (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).
///
/// Its tree is the one of RFC 9162 over the bodies of all sealed segments. Two signatures stand under it: the log's
/// identity, and a key that signs one checkpoint only and is erased.
package struct CheckpointNote: Hashable, Sendable {
    /// What a checkpoint says.
    package struct Claim: Hashable, Sendable {
        /// The number of sealed segments.
        package var size: Int64
        /// The root over them.
        package var root: SHA256Digest
        /// When it was made, in Unix milliseconds.
        package var time: Int64
        /// The greatest event id it covers.
        package var lastEvent: Int64
        /// The log's identity.
        package var identity: Ed25519PublicKey
        /// The number of the key that signs this checkpoint only, and that key.
        package var epoch: Int64
        package var epochKey: Ed25519PublicKey
        /// The key of the next checkpoint.
        package var nextKey: Ed25519PublicKey

        /// The name of the log: what people compare.
        package var origin: String { CheckpointNote.origin(of: identity) }
    }

    /// A line with a signature.
    package struct Signature: Hashable, Sendable {
        package var name: String
        /// Four bytes that tell keys of one name apart.
        package var hint: [UInt8]
        package var bytes: [UInt8]
    }

    /// What it says.
    package let claim: Claim
    /// The signatures under it.
    package let signatures: [Signature]
    /// The whole note.
    package let text: String

    /// Signs a claim; nil only when libcrypto has no memory.
    init?(_ claim: Claim, identity: Ed25519PrivateKey, epoch: Ed25519PrivateKey) {
        let body = Self.body(claim)
        let origin = claim.origin
        let signers = [(origin, identity, claim.identity), (origin + "/epoch", epoch, claim.epochKey)]
        var signatures: [Signature] = []
        for (name, privateKey, publicKey) in signers {
            guard let bytes = privateKey.signature(of: Array(body.utf8)) else { return nil }
            signatures.append(Signature(name: name, hint: Self.hint(name, publicKey), bytes: bytes))
        }
        self.claim = claim
        self.signatures = signatures
        text = body + "\n" + signatures.map { "\u{2014} \($0.name) \(Base64.encode($0.hint + $0.bytes))\n" }.joined()
    }

    /// Reads a note; nil when the text is no checkpoint of a ledger.
    ///
    /// Nothing is checked yet.
    package init?(_ text: String) {
        guard let claim = CheckpointText.claim(text), Self.body(claim) == CheckpointText.body(text) else { return nil }
        self.claim = claim
        signatures = CheckpointText.signatures(text)
        self.text = text
    }

    /// Whether the log's identity signed it.
    package var isSignedByIdentity: Bool { isSigned(claim.origin, claim.identity) }

    /// Whether the key of its epoch signed it.
    package var isSignedByEpoch: Bool { isSigned(claim.origin + "/epoch", claim.epochKey) }

    private func isSigned(_ name: String, _ key: Ed25519PublicKey) -> Bool {
        let hint = Self.hint(name, key)
        return signatures.contains { signature in
            signature.name == name && signature.hint == hint
                && key.verifies(signature.bytes, of: Array(Self.body(claim).utf8))
        }
    }

    /// The name of the log with this identity.
    package static func origin(of identity: Ed25519PublicKey) -> String {
        "mtlstop/" + String(SHA256Digest(of: identity.bytes).hex.prefix(16))
    }

    /// The identity in the notation that verifiers of signed notes are given.
    package static func verifierKey(_ identity: Ed25519PublicKey) -> String {
        let name = origin(of: identity)
        let hint = Hexadecimal.text(hint(name, identity))
        return "\(name)+\(hint)+\(Base64.encode([1] + identity.bytes))"
    }

    /// Reads an identity: a verifier key, the base64 of 32 bytes, or PEM.
    package static func identity(parsing text: String) -> Ed25519PublicKey? {
        if text.contains("-----BEGIN") { return Ed25519PublicKey(pem: text) }
        let text = text.filter { !$0.isWhitespace }
        let key = text.hasPrefix("mtlstop/") ? text.split(separator: "+", maxSplits: 2).last.map(String.init) : text
        guard let bytes = Base64.decode(key ?? "") else { return nil }
        return Ed25519PublicKey(bytes: bytes.count == 33 && bytes[0] == 1 ? Array(bytes.dropFirst()) : bytes)
    }

    private static func hint(_ name: String, _ key: Ed25519PublicKey) -> [UInt8] {
        Array(SHA256Digest(of: Array(name.utf8) + [0x0A, 0x01] + key.bytes).bytes.prefix(4))
    }

    private static func body(_ claim: Claim) -> String {
        """
        \(claim.origin)
        \(claim.size)
        \(Base64.encode(claim.root.bytes))
        time \(Timestamp(milliseconds: claim.time).rfc3339)
        events \(claim.lastEvent)
        identity \(Base64.encode(claim.identity.bytes))
        epoch \(claim.epoch) \(Base64.encode(claim.epochKey.bytes)) \(Base64.encode(claim.nextKey.bytes))

        """
    }
}
