import CertCore

/// What is known of a line while it is being scanned.
struct LineDraft {
    /// A value of a key that only counts in lines of control: where it is and what it looks like.
    struct Control {
        enum Kind {
            case string
            case number
            case bool
            case null
            case other
        }

        var kind: Kind
        var offset: Int
        var text: JSONText
        var unsigned: UInt64?
        var isTrue = false
    }

    var event: ScannedEvent
    /// The first thing that is well formed but wrong; told when the whole line proved to be JSON.
    var complaint: ScanFailure?
    /// Where the value of `event` is; nil when the line has none.
    var eventOffset: Int?

    var version: Control?
    var producer: Control?
    var app: Control?
    var ack: Control?
    var bye: Control?
    var drop: Control?
    var since: Control?
    var certificate: Control?

    init(event: ScannedEvent) {
        self.event = event
    }

    mutating func complain(_ kind: ScanFailure.Kind, at offset: Int, _ message: StaticString) {
        if complaint == nil { complaint = ScanFailure(kind, at: offset, message) }
    }
}
