import AuditStore
import CertCore
import SafeText
import Terminal

/// All that decides what is on the screen; a value that only `update` changes.
struct DashboardState: Sendable {
    // MARK: Surroundings

    var size: Size
    var glyphs: GlyphSet
    /// What the terminal can show, known once ASCII was asked for.
    var terminalGlyphs: GlyphSet?
    var options = DashboardOptions()
    /// The keys in force.
    var bindings = Keymap.bindings
    var clock: ClockReading
    /// Seconds that local time is ahead of UTC at a time.
    var localOffset: @Sendable (Timestamp) -> Int = { _ in 0 }
    var databasePath: String
    var socketPath: String
    var health = Health()
    /// When somebody last looked, until what came since is marked as read.
    var lastLook: Timestamp?
    /// How an event is sent from a shell, with `--socket` where the socket is not the usual one.
    var sendCommand: SafeText = "mtlstop send"
    /// The database as shell lines name it; nil where it is the usual one.
    var shellDatabase: String?

    // MARK: Where we are

    var view = ViewName.live
    /// What lies open above the view's list, the last on top.
    var places: [Place] = []
    var prompt: FilterPrompt?
    var menu: Menu?
    var help: HelpState?
    /// True while lines and frames are left out.
    var isPlain = false
    /// True while the box about a collector that has gone is open.
    var showsCollectorBox = false
    var flash: Flash?
    /// The open export dialog.
    var export: ExportDialog?

    // MARK: What the views show

    var filter = FilterState()
    var timeStyle = TimeStyle.utc
    /// Preview below the list; nil: by the size of the terminal.
    var previewChoice: Bool?
    var live = LiveState()
    var liveRange = TimeRange.all
    var rejectionRange = TimeRange.last(24 * 3_600_000)
    var groupCursor = ListCursor<RejectionTrait>()
    /// By what Rejections groups.
    var grouping = RejectionGrouping.reason
    var partyCursor = ListCursor<PartyName>()
    /// True while the lower pane of Rejections has the keys.
    var isPartyPaneFocused = false
    var partyEventCursor = ListCursor<Int64>()
    /// The time in which a certificate was used to be listed in Certs.
    var certificateRange = TimeRange.all
    var certificateCursor = ListCursor<Int64>()
    var expiringWithin: Int64 = 30 * 86_400_000
    /// True while Expiring leaves out what has a renewal.
    var hidesRenewed = false
    var expiringCursor = ListCursor<Int64>()
    var reporterCursor = ListCursor<Int64>()
    /// The period that Changes compares with the one before it.
    var changesWithin: Int64 = 86_400_000
    var changeCursor = ListCursor<Change>()
    /// The orders that were chosen; a list without one stands as it usually does.
    var orders: [ListName: ListOrder] = [:]
    /// The columns that were chosen.
    var columnChoices: [ListName: ColumnChoice] = [:]
    /// The columns that the cell cursor is in, by their titles; a list without one has its whole row selected.
    var cells: [ListName: String] = [:]
    /// The view before the one on the screen.
    var lastView: ViewName?
    /// The first line of the open document that is on the screen.
    var scroll = 0

    // MARK: Work with rows

    var marks = Marks()
    var notes = Notes()
    /// What is looked for without hiding the rest.
    var find = FindState()
    /// The statements that Up finds again, newest last.
    var sqlHistory: [String] = []
    /// The commands that Up finds again, newest last.
    var commandHistory: [String] = []
    var sqlSerial = 0
    /// The export that is being written.
    var exportRun: ExportRun?
    /// The export that `E` repeats.
    var lastExport: ExportPlan?
    var exportCount = 0
    /// True once somebody was told that quitting drops the export.
    var hasAskedToQuit = false

    // MARK: Data

    var book = AnswerBook()
    /// Grows each time the data may have changed.
    var epoch = 0
    /// The last failure of a question, until one succeeds.
    var problem: SafeText?

    /// The writer of times in the chosen style.
    var times: TimeWriter { TimeWriter(style: timeStyle, now: clock.now, localOffset: localOffset) }

    var now: Timestamp { clock.now }
}
