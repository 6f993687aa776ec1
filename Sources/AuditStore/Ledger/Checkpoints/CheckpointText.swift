import AuditEvents
import CertCore

/// Takes the text of a checkpoint apart; whatever the text is, the answer is nil or complete.
enum CheckpointText {
    /// The longest note that is read: ours have less than a tenth.
    static let longest = 8_192

    /// The part that is signed: up to the empty line.
    static func body(_ text: String) -> String? {
        var body = ""
        for line in lines(text) {
            if line.isEmpty { return body }
            body += line + "\n"
        }
        return nil
    }

    /// What the note says.
    static func claim(_ text: String) -> CheckpointNote.Claim? {
        guard text.utf8.count <= longest, let body = body(text) else { return nil }
        let lines = lines(body)
        guard lines.count >= 7, let size = Int64(lines[1]), size >= 0,
            let root = Base64.decode(String(lines[2])).flatMap({ SHA256Digest(bytes: $0) }),
            let time = value(lines[3], "time").flatMap({ Timestamp(rfc3339: String($0)) }),
            let lastEvent = value(lines[4], "events").flatMap({ Int64($0) }),
            let identity = value(lines[5], "identity").flatMap(key),
            let epoch = value(lines[6], "epoch").map({ $0.split(separator: " ") }), epoch.count == 3,
            let number = Int64(epoch[0]), let epochKey = key(epoch[1]), let nextKey = key(epoch[2])
        else { return nil }
        return CheckpointNote.Claim(
            size: size,
            root: root,
            time: time.milliseconds,
            lastEvent: lastEvent,
            identity: identity,
            epoch: number,
            epochKey: epochKey,
            nextKey: nextKey
        )
    }

    /// The signature lines below the empty line; lines of another kind are passed over.
    static func signatures(_ text: String) -> [CheckpointNote.Signature] {
        guard let body = body(text) else { return [] }
        return text.dropFirst(body.count + 1).split(separator: "\n").prefix(16).compactMap { line in
            let parts = line.split(separator: " ")
            guard parts.count == 3, parts[0] == "\u{2014}", let bytes = Base64.decode(String(parts[2])), bytes.count > 4
            else { return nil }
            return CheckpointNote.Signature(
                name: String(parts[1]),
                hint: Array(bytes.prefix(4)),
                bytes: Array(bytes.dropFirst(4))
            )
        }
    }

    /// The notes in a file of many: each begins after the signatures of the one before.
    static func notes(_ text: String) -> [String] {
        var notes: [String] = []
        var note = ""
        var isSigned = false
        for line in lines(text) {
            if line.hasPrefix("\u{2014} ") {
                isSigned = true
            } else if isSigned {
                notes.append(note)
                note = ""
                isSigned = false
            }
            if line.hasPrefix("mtlstop/") { note = "" }
            if line.isEmpty && note.isEmpty { continue }
            note += line + "\n"
        }
        if isSigned { notes.append(note) }
        return notes
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func value(_ line: Substring, _ name: String) -> Substring? {
        line.hasPrefix(name + " ") ? line.dropFirst(name.count + 1) : nil
    }

    private static func key(_ text: Substring) -> Ed25519PublicKey? {
        Base64.decode(String(text)).flatMap { Ed25519PublicKey(bytes: $0) }
    }
}
