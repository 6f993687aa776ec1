import AuditStore
import CertCore
import SafeText
import Terminal

/// What a dashboard is started with.
struct DashboardConfiguration: Sendable {
    var databasePath: String
    var socketPath: String
    /// Who records when it starts.
    var collector: CollectorHealth
    var view = ViewName.live
    /// Filter text; checked before the screen opens.
    var filter = ""
    var since: Timestamp?
    var clock = Clock(frozen: nil)
    var color = ColorMode.auto
    /// The file of the notes.
    var notesPath = NoteKeeper.path()

    /// The state a dashboard begins with.
    ///
    /// - Throws: ``Failure`` with the column when the filter cannot be read.
    func initialState(size: Size, glyphs: GlyphSet) throws -> DashboardState {
        var state = DashboardState(
            size: size,
            glyphs: glyphs,
            clock: reading,
            localOffset: LocalZone.offset,
            databasePath: databasePath,
            socketPath: socketPath
        )
        state.health.collector = collector
        if socketPath != Places.settle().socket { state.sendCommand = "mtlstop send --socket \(socketPath)" }
        if databasePath != Places.settle().database { state.shellDatabase = databasePath }
        state.view = view
        if let since {
            state.liveRange = .since(since)
            state.rejectionRange = .since(since)
        }
        do throws(FilterError) {
            try state.filter.apply(filter, now: clock.now, remembers: false)
        } catch {
            throw Failure(
                .usage,
                what: "filter",
                why: "column \(error.column): \(error.message)",
                remedy: "mtlstop events --help shows the language"
            )
        }
        return state
    }

    /// The clocks now.
    var reading: ClockReading { ClockReading(now: clock.now, uptime: Uptime.milliseconds()) }
}
