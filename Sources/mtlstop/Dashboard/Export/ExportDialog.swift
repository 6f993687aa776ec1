import AuditStore
import SafeText
import Terminal

/// The open export dialog: what is asked for so far, and the field that has the keys.
struct ExportDialog: Hashable, Sendable {
    /// A line of the dialog.
    enum Field: Hashable, Sendable, CaseIterable {
        case scope
        case format
        case data
        case guarded
        case hideAddress
        case hashAddress
        case hideQuery
        case hideNames
        case key
        case file
        case write
        case copy
        case cancel

        /// True where keys are typed.
        var isText: Bool { self == .key || self == .file }

        /// What it leaves out; nil for a field of another kind.
        var hidden: HiddenField? {
            switch self {
            case .hideAddress: .ip
            case .hashAddress: .ipHash
            case .hideQuery: .query
            case .hideNames: .dn
            default: nil
            }
        }

        /// True where Enter does something at once.
        var isButton: Bool { self == .write || self == .copy || self == .cancel }
    }

    var field = Field.scope
    var scope = ExportScope.filtered
    var format = ReportFormat.csv
    /// Every event beside a document, in this format; nil for none.
    var data: ReportFormat?
    /// True: cells of csv that a spreadsheet would compute are guarded.
    var isGuarded = true
    /// What the events go without.
    var hidden: Set<HiddenField> = []
    /// The filter of the row that was selected when the dialog opened: the list below goes on meanwhile.
    var selected: String?
    /// The file of the key that signs; empty for none.
    var key = LineEditor()
    var file: LineEditor
    /// True once somebody typed a name: then a change of the format leaves it alone.
    var hasOwnName = false
    /// True while it asks whether the file may be replaced.
    var asksToReplace = false
    var problem: SafeText?

    /// The formats that data can have beside a document.
    static let dataChoices: [ReportFormat?] = [nil, .csv, .ndjson]

    /// The fields that mean something with the choices made.
    var fields: [Field] {
        Field.allCases.filter { field in
            switch field {
            case .data: format.isDocument
            case .guarded: format == .csv || (format.isDocument && data == .csv)
            case .hideAddress, .hashAddress, .hideQuery, .hideNames: !format.isDocument
            default: true
            }
        }
    }

    /// Goes to the next field, or to the previous one; round at the ends.
    mutating func move(by step: Int) {
        let fields = fields
        guard let place = fields.firstIndex(of: field) else { return }
        field = fields[(place + step + fields.count) % fields.count]
    }

    /// The text field that has the keys.
    var editor: LineEditor? {
        get { field == .key ? key : field == .file ? file : nil }
        set {
            guard let newValue else { return }
            if field == .key { key = newValue }
            if field == .file { file = newValue }
        }
    }
}

/// Which events are exported.
enum ExportScope: Hashable, Sendable, CaseIterable {
    /// What the list shows: its filter and its range.
    case filtered
    /// The selected row.
    case this
    /// The marked rows.
    case marked
    /// Everything in the database.
    case all

    var title: SafeText {
        switch self {
        case .filtered: "filtered"
        case .this: "this"
        case .marked: "marked"
        case .all: "all"
        }
    }
}
