import SafeText

/// The export that is being written.
struct ExportRun: Hashable, Sendable {
    var id: Int
    var file: String
    /// How far it has come, 0…1.
    var part: Double = 0
    var events: Int64 = 0
}

/// What the writing thread says.
enum ExportNews: Hashable, Sendable {
    case progress(part: Double, events: Int64)
    /// The file is complete.
    case written(events: Int64, bytes: Int64)
    /// A small file is complete.
    case wroteFile
    /// A file of the name is there, and nobody said that it may be replaced.
    case exists(String)
    case stopped
    case failed(SafeText)
}
