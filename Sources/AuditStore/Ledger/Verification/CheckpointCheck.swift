import CertCore

/// Checks checkpoints as the segments that they cover go by, from the table and from the file.
struct CheckpointCheck {
    private let trusted: Set<Ed25519PublicKey>
    private var file: CheckpointFileReader?
    private var fileNote: CheckpointNote?
    // The identity that the first checkpoint showed, when none was demanded.
    private var identity: Ed25519PublicKey?
    private var last: CheckpointNote?

    /// How many were checked.
    private(set) var count: Int64 = 0
    /// What is wrong.
    private(set) var findings: [LedgerFinding] = []

    /// The newest checkpoint.
    var newest: CheckpointNote? { last }

    /// Begins with the first note of a file, if there is one; with no key, the first checkpoint's identity is trusted.
    init(file: CheckpointFileReader?, keys: [Ed25519PublicKey]) {
        self.file = file
        trusted = Set(keys)
        advanceFile()
    }

    /// Checks the note of the table and the notes of the file that cover so many segments.
    mutating func reach(_ size: Int64, root: SHA256Digest, stored: CheckpointNote?) {
        if let stored { check(stored, size: size, root: root) }
        while let note = fileNote, note.claim.size <= size {
            if note.claim.size < size {
                find(.signature, note.claim.size, "the checkpoint file has an older checkpoint behind a newer one")
            } else if note.text != stored?.text {
                check(note, size: size, root: root)
            }
            advanceFile()
        }
    }

    /// Tells what covers more segments than there are.
    mutating func end(_ size: Int64) {
        guard let note = fileNote else { return }
        var greatest = note
        while let next = fileNote {
            if next.claim.size > greatest.claim.size { greatest = next }
            advanceFile()
        }
        tellMissingTail(greatest, size)
    }

    /// Tells that a checkpoint covers more segments than there are.
    mutating func tellMissingTail(_ note: CheckpointNote, _ size: Int64) {
        guard isTrusted(note), note.isSignedByIdentity else {
            find(.signature, size, "a checkpoint behind the end is not signed by this log")
            return
        }
        find(
            .tail,
            size,
            "the end is missing: a checkpoint covers \(note.claim.size) segments up to event "
                + "\(note.claim.lastEvent), the database has \(size)"
        )
    }

    private mutating func check(_ note: CheckpointNote, size: Int64, root: SHA256Digest) {
        count += 1
        let segment = max(0, size - 1)
        if note.claim.size != size {
            find(.signature, segment, "a checkpoint of \(note.claim.size) segments is stored as one of \(size)")
        } else if note.claim.root != root {
            find(.signature, segment, "the checkpoint over \(size) segments has another root: the log was rewritten")
        }
        if !isTrusted(note) {
            find(.signature, segment, "the checkpoint over \(size) segments is signed by another key")
        } else if !note.isSignedByIdentity || !note.isSignedByEpoch {
            find(.signature, segment, "a signature under the checkpoint over \(size) segments is wrong")
        } else if let last, last.claim.identity == note.claim.identity,
            last.claim.nextKey != note.claim.epochKey || last.claim.epoch + 1 != note.claim.epoch
        {
            find(.signature, segment, "the checkpoint before the one over \(size) segments is missing or forged")
        }
        last = note
    }

    private mutating func isTrusted(_ note: CheckpointNote) -> Bool {
        if !trusted.isEmpty { return trusted.contains(note.claim.identity) }
        if identity == nil { identity = note.claim.identity }
        return identity == note.claim.identity
    }

    private mutating func advanceFile() {
        fileNote = nil
        while let part = file?.next() {
            switch part {
            case .note(let note):
                fileNote = note
                return
            case .unreadable:
                find(.signature, nil, "the checkpoint file holds a signed text that is no checkpoint")
            }
        }
    }

    private mutating func find(_ kind: LedgerFinding.Kind, _ segment: Int64?, _ detail: String) {
        // Thousands of findings would say no more than these.
        if findings.count < 1_000 { findings.append(LedgerFinding(kind, segment: segment, detail)) }
    }
}
