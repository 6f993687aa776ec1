import Glibc

/// `<database>-checkpoints`: every checkpoint, appended; what the end of the log is checked against.
package struct CheckpointFile: Sendable {
    /// The file.
    package let path: String

    /// The file that belongs to a database.
    package init(database: String) {
        path = database + "-checkpoints"
    }

    /// A file that somebody kept elsewhere.
    package init(path: String) {
        self.path = path
    }

    /// The last note in the file; nil when there is none.
    var last: CheckpointNote? {
        guard let tail = SmallFile.text(path, limit: 2 * CheckpointText.longest, fromEnd: true) else { return nil }
        return CheckpointText.notes(tail).last.flatMap { CheckpointNote($0) }
    }

    /// Appends notes; durable when this returns.
    func append(_ notes: [CheckpointNote]) throws(StoreError) {
        guard !notes.isEmpty else { return }
        // The newline before a note ends a line that a crash left half written.
        try SmallFile.append(Array(notes.map { "\n" + $0.text }.joined().utf8), to: path)
    }
}

/// Reads the notes of a checkpoint file one by one, in constant memory.
final class CheckpointFileReader {
    /// What is found in the file.
    enum Part {
        case note(CheckpointNote)
        /// Signed text that is no note: somebody changed it.
        case unreadable
    }

    private let file: UnsafeMutablePointer<FILE>
    // Notes are appended after their commit: what lies beyond this was not there when the reading of the log began.
    private let end: Int
    private var buffer = [CChar](repeating: 0, count: CheckpointText.longest)
    private var pending: String?

    /// Opens a file as it is now; nil when it cannot be read.
    init?(_ place: CheckpointFile) {
        guard let file = fopen(place.path, "rbe") else { return nil }
        self.file = file
        var status = stat()
        end = fstat(fileno(file), &status) == 0 ? Int(status.st_size) : 0
    }

    deinit { fclose(file) }

    /// The next note; nil at the end.
    ///
    /// Text without signatures is a note that a crash cut, and passed over.
    func next() -> Part? {
        var note = ""
        var isSigned = false
        while let line = pending ?? readLine() {
            pending = nil
            let isSignature = line.hasPrefix("\u{2014} ")
            if isSigned && !isSignature {
                pending = line
                break
            }
            if line.hasPrefix("mtlstop/") { note = "" }
            if note.isEmpty && line == "\n" { continue }
            isSigned = isSignature && line.hasSuffix("\n")
            if note.utf8.count < CheckpointText.longest { note += line }
        }
        guard isSigned else { return nil }
        return CheckpointNote(note).map { .note($0) } ?? .unreadable
    }

    // A longer line comes in pieces: none of them is a line of a note.
    private func readLine() -> String? {
        guard ftell(file) < end, fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
