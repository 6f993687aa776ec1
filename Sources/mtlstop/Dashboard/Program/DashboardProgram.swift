import CertCore
import Glibc
import SafeText
import Terminal

/// The dashboard on a terminal: waits, updates the state, carries out the effects, paints.
///
/// One thread owns it and the terminal; the database is read by a ``QueryWorker``.
final class DashboardProgram {
    private let configuration: DashboardConfiguration
    private let terminal: any TerminalDriver
    private let worker: QueryWorker
    private let exporter: ExportRunner
    private let notes: NoteKeeper
    private var state: DashboardState
    private var exitStatus: Int32?
    private var isDirty = true
    /// True while a person waits for data: from the start and from each key until the view has its answers.
    private var isAwaited = true
    private var lastFrame: Int64 = 0
    private var frameInterval = DashboardProgram.dataFrameInterval

    /// Milliseconds between two frames that only show new data; keys and what they asked for are painted at once.
    private static let dataFrameInterval: Int64 = 100
    /// A frame that takes longer than this (a slow line) halves the rate of data frames, down to one a second.
    private static let slowFrame: Int64 = 50

    /// Prepares a dashboard on a terminal; `wake` must end the terminal's wait and may be called from any thread.
    init(
        _ configuration: DashboardConfiguration,
        terminal: any TerminalDriver,
        wake: @escaping @Sendable () -> Void
    ) throws {
        self.configuration = configuration
        self.terminal = terminal
        state = try configuration.initialState(size: terminal.size, glyphs: terminal.capabilities.glyphs)
        worker = try QueryWorker(clock: configuration.clock, wake: wake)
        notes = NoteKeeper(path: configuration.notesPath, wake: wake)
        exporter = ExportRunner(databasePath: configuration.databasePath, wake: wake)
    }

    /// Runs until the user or a signal ends it; returns the exit code.
    func run() throws -> Int32 {
        let watch = CollectorWatch(configuration.collector, socketPath: configuration.socketPath)
        try worker.start(databasePath: configuration.databasePath, collector: watch)
        defer {
            worker.stop()
            exporter.close()
        }
        notes.read()
        if state.options.settings != TerminalSettings() { terminal.use(state.options.settings) }
        paint()
        while exitStatus == nil {
            let inputs = terminal.next(timeoutMilliseconds: timeout)
            handle(.clock(configuration.reading))
            let hasKeys = take(inputs)
            for message in worker.drain() + exporter.drain() + notes.drain() { handle(message) }
            if exitStatus == nil { paintIfDue(hasKeys: hasKeys) }
        }
        saveSession()
        return exitStatus ?? 0
    }

    /// A session that cannot be saved is told in the log; it never keeps the program from ending.
    private func saveSession() {
        guard let file = configuration.sessionFile, state.health.database == .open else { return }
        do {
            try file.write(state.session)
        } catch {
            let line = (error as? Failure)?.line ?? "the session cannot be saved"
            let bytes = Array((line.string + "\n").utf8)
            _ = write(STDERR_FILENO, bytes, bytes.count)
        }
    }

    // MARK: Input

    /// Takes input in; true when somebody waits for the screen to answer.
    private func take(_ inputs: [TerminalInput]) -> Bool {
        var isUrgent = false
        for input in inputs where exitStatus == nil {
            switch input {
            case .key(let key): handle(.key(key))
            case .paste(let text): handle(.paste(text))
            case .mouse(let mouse): handle(.mouse(mouse))
            case .resize(let size): handle(.resize(size))
            case .signal(let signal): take(signal)
            case .endOfInput: exitStatus = 0
            case .wake: continue
            }
            isUrgent = true
        }
        return isUrgent
    }

    private func take(_ signal: TerminalSignal) {
        switch signal {
        case .terminate, .hangUp, .interrupt: exitStatus = 0
        case .suspend: terminal.suspend()
        case .resume: handle(.resize(terminal.size))
        }
    }

    private func handle(_ message: Message) {
        let before = state.clock
        for effect in state.update(message) { perform(effect) }
        if case .clock = message {
            // Time alone changes the picture once a minute, and when a message has gone.
            let minuteChanged = before.now.milliseconds / 60_000 != state.now.milliseconds / 60_000
            isDirty = isDirty || minuteChanged || flashHasGone(since: before)
        } else {
            isDirty = true
        }
    }

    private var hadFlash = false

    private func flashHasGone(since before: ClockReading) -> Bool {
        defer { hadFlash = state.flash != nil }
        return hadFlash && state.flash == nil
    }

    private func perform(_ effect: Effect) {
        switch effect {
        case .ask(let question, let id): worker.ask(question, id: id)
        case .redraw: terminal.redraw()
        case .suspend: terminal.suspend()
        case .settings(let settings): terminal.use(settings)
        case .ring: terminal.ring()
        case .sendTest: sendTest()
        case .retry: worker.retry()
        case .copy(let text): copy(text)
        case .export(let plan, let replacing, let id): exporter.start(plan, replacing: replacing, id: id)
        case .writeFile(let bytes, let file, let id): exporter.write(bytes, file: file, id: id)
        case .stopExport: exporter.stop()
        case .writeNote(let text, let subject): notes.write(text, on: subject, now: state.now)
        case .cancel(let slot): worker.cancel(slot)
        case .quit(let status): exitStatus = status
        }
    }

    /// The exit status that asks for the demo; no process can end with it.
    static let startsDemo: Int32 = 256

    private func sendTest() {
        do throws(SocketError) {
            try TestEvent.send(to: configuration.socketPath)
            state.say("a test event was sent")
        } catch {
            state.say("the collector takes no event: \(SafeText(error.text))", role: .warning)
        }
        isDirty = true
    }

    private func copy(_ lines: [SafeText]) {
        if !terminal.copy(lines) { state.say("too long for a terminal's clipboard", role: .warning) }
    }

    // MARK: Painting

    private func paintIfDue(hasKeys: Bool) {
        if hasKeys { isAwaited = true }
        guard isDirty else { return }
        if hasKeys || isAwaited || Uptime.milliseconds() - lastFrame >= frameInterval { paint() }
    }

    private func paint() {
        let start = Uptime.milliseconds()
        terminal.paint(DashboardView.render(state))
        lastFrame = Uptime.milliseconds()
        isDirty = false
        if isAwaited { isAwaited = state.waitsForView }
        frameInterval =
            lastFrame - start > Self.slowFrame ? min(1000, frameInterval * 2) : Self.dataFrameInterval
    }

    /// Milliseconds until something has to be done without input; nil when nothing has to.
    private var timeout: Int? {
        let uptime = Uptime.milliseconds()
        var deadlines: [Int64] = []
        if isDirty { deadlines.append(lastFrame + frameInterval) }
        if let deadline = state.nextDeadline { deadlines.append(deadline) }
        if !configuration.clock.isFrozen {
            let now = configuration.clock.now.milliseconds
            deadlines.append(uptime + 60_000 - now % 60_000)
        }
        return deadlines.min().map { Int(max(0, $0 - uptime)) }
    }
}
