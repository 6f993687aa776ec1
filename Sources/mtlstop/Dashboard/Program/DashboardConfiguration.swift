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
    var theme: ThemeName?
    /// Keys and options that were configured.
    var file = DashboardFile()
    /// Where the session is kept; nil keeps none.
    var sessionFile: SessionFile?
    /// The session to go on with.
    var session: SavedSession?
    /// Why there is none although a file is there.
    var sessionProblem: SafeText?

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
        if let sessionProblem { state.say(sessionProblem, role: .warning) }
        if socketPath != Places.settle().socket { state.sendCommand = "mtlstop send --socket \(socketPath)" }
        if databasePath != Places.settle().database { state.shellDatabase = databasePath }
        state.view = view
        state.bindings = file.bindings
        for (option, value) in file.options { _ = state.set(option, to: value) }
        if let session { state.restore(session) }
        if let theme { state.options.theme = theme }
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
