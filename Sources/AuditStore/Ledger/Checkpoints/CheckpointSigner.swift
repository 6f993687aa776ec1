/// Signs checkpoints, and keeps the two files beside the database up with the table.
///
/// Used from the writer's thread only.
final class CheckpointSigner {
    private let seal: SealFile
    private let file: CheckpointFile
    private var state: SealingState?
    // The file may lag behind the table after a crash; then it is brought up before the next note.
    private var fileIsCurrent = false

    /// Why the files could not be written last time; nil while all is well.
    private(set) var trouble: StoreError?

    init(database path: String) {
        seal = SealFile(database: path)
        file = CheckpointFile(database: path)
    }

    /// A checkpoint with the key of its epoch; `last` is the newest one in the table.
    func note(
        _ last: CheckpointNote?,
        size: Int64,
        top: MerkleFrontier,
        lastEvent: Int64,
        now: Int64
    ) -> CheckpointNote? {
        prepare(last)?.checkpoint(size: size, root: top.root, lastEvent: lastEvent, time: now)
    }

    /// The identity's signature of some bytes.
    func signature(of bytes: [UInt8], _ last: CheckpointNote?) -> [UInt8]? {
        prepare(last)?.signature(of: bytes)
    }

    /// Publishes a note that is committed, then erases the key that signed it.
    ///
    /// - Parameter missing: the notes of the table above a size and below this one's.
    func published(_ note: CheckpointNote, missing: (_ above: Int64) throws -> [CheckpointNote]) {
        do {
            // Without a file there is nothing to bring up: somebody keeps the old one elsewhere.
            if !fileIsCurrent, let last = file.last { try file.append(try missing(last.claim.size)) }
            fileIsCurrent = true
            try file.append([note])
            trouble = nil
        } catch {
            fileIsCurrent = false
            trouble = StoreError(error, path: file.path)
        }
        advance(past: note.claim.epoch)
        store()
    }

    /// The state to sign with: that of the file, brought past the last epoch that signed, else a new identity.
    private func prepare(_ last: CheckpointNote?) -> SealingState? {
        if state == nil {
            state = seal.read() ?? SealingState()
            // A crash between a commit and the erasure of its key: the key has signed and must not sign again.
            if let last, last.claim.identity == state?.identity, last.isSignedByIdentity {
                advance(past: last.claim.epoch)
            }
            store()
        }
        return state
    }

    private func advance(past epoch: Int64) {
        while let current = state, current.epoch <= epoch { state = current.next }
    }

    private func store() {
        guard let state else { return }
        do {
            try seal.write(state)
        } catch {
            trouble = error
        }
    }
}
