import AuditEvents
package import CertCore

/// What a log signs its checkpoints with: the identity for its whole life, and a key for each checkpoint.
///
/// The seed of an epoch's key is the SHA-256 of the seed before it. A seed is erased when its checkpoint is signed, and
/// nothing leads back from a seed to an earlier one: who breaks in can sign for the future, not for the past.
package struct SealingState: Hashable, Sendable {
    private static let header = "mtlstop-seal 1"
    private static let stepLabel = Array("mtlstop-epoch".utf8)

    private var identitySeed: [UInt8]
    /// The number of the next checkpoint's key.
    package private(set) var epoch: Int64
    private var epochSeed: [UInt8]

    /// A new identity and its first epoch.
    init() {
        var generator = SystemRandomNumberGenerator()
        identitySeed = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        epochSeed = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        epoch = 0
    }

    /// Reads the stored form; nil when the text is none.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines[0] == Self.header, let identity = Self.value(lines[1], "identity"),
            let epoch = Self.value(lines[2], "epoch").flatMap({ Int64($0) }), epoch >= 0,
            let seed = Self.value(lines[3], "seed"),
            let identitySeed = Base64.decode(identity), identitySeed.count == 32,
            let epochSeed = Base64.decode(seed), epochSeed.count == 32
        else { return nil }
        self.identitySeed = identitySeed
        self.epochSeed = epochSeed
        self.epoch = epoch
    }

    /// The stored form.
    var text: String {
        """
        \(Self.header)
        identity \(Base64.encode(identitySeed))
        epoch \(epoch)
        seed \(Base64.encode(epochSeed))

        """
    }

    /// The log's identity.
    package var identity: Ed25519PublicKey? { Ed25519PrivateKey(seed: identitySeed)?.publicKey }

    /// The state after this epoch; the seed of this one cannot be found from it.
    var next: SealingState {
        var state = self
        state.epoch += 1
        state.epochSeed = SHA256Digest(of: Self.stepLabel + epochSeed).bytes
        return state
    }

    /// A checkpoint signed by the identity and this epoch's key; nil only when libcrypto has no memory.
    func checkpoint(size: Int64, root: SHA256Digest, lastEvent: Int64, time: Int64) -> CheckpointNote? {
        guard let identityKey = Ed25519PrivateKey(seed: identitySeed), let identity = identityKey.publicKey,
            let epochKey = Ed25519PrivateKey(seed: epochSeed), let epochPublic = epochKey.publicKey,
            let nextKey = Ed25519PrivateKey(seed: next.epochSeed)?.publicKey
        else { return nil }
        let claim = CheckpointNote.Claim(
            size: size,
            root: root,
            time: time,
            lastEvent: lastEvent,
            identity: identity,
            epoch: epoch,
            epochKey: epochPublic,
            nextKey: nextKey
        )
        return CheckpointNote(claim, identity: identityKey, epoch: epochKey)
    }

    /// The identity's signature of some bytes.
    func signature(of bytes: [UInt8]) -> [UInt8]? {
        Ed25519PrivateKey(seed: identitySeed)?.signature(of: bytes)
    }

    private static func value(_ line: Substring, _ name: String) -> String? {
        line.hasPrefix(name + " ") ? String(line.dropFirst(name.count + 1)) : nil
    }
}
