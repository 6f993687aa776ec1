import CertCore
import Dispatch
import Glibc
import SafeText
import Terminal

/// How a run of the demonstration is shown: on the dashboard, as one batch screen, or as lines on stderr.
struct DemoShow {
    let run: DemoRun
    let isTemporary: Bool

    /// The traffic of a batch screen: long enough for every client to call, short enough to be printed within 5 s.
    static let batchSeconds = 3.8
    /// Seconds that a busy machine may need beyond that.
    static let patience = 30
    /// The traffic without a dashboard.
    static let headlessSeconds = 30.0

    /// Shows the dashboard until the user closes it; returns its exit code.
    func dashboard() throws -> Int32 {
        let result = Result { try DashboardSession.run(configuration) }
        _ = run.stopTraffic()
        try run.stop()
        return try result.get()
    }

    /// Lets the traffic run, then prints one screen and the summary; returns the exit code.
    func batch() throws -> Int32 {
        let signals = StopSignals(raising: run.stopSignal)
        defer { signals.cancel() }
        waitForTraffic()
        let isStored = run.stopTraffic()
        let glyphs: GlyphSet = TextEncoding.isUTF8() ? .unicode : .ascii
        let screen = Result {
            try BatchScreen.render(configuration, size: BatchScreen.size(), glyphs: glyphs, showsEveryKind: true)
        }
        try run.stop()
        var output = StandardOutput()
        try output.write(try screen.get().utf8)
        return try finish(&output, isStored)
    }

    /// Waits as long as was asked for; else a few seconds, and on a busy machine until every client has called.
    private func waitForTraffic() {
        let isStopped = run.stopSignal.wait(milliseconds: Int((run.settings.seconds ?? Self.batchSeconds) * 1000))
        guard !isStopped, run.settings.seconds == nil else { return }
        for _ in 0..<(Self.patience * 10) where !run.hasHeardEverybody {
            if run.stopSignal.wait(milliseconds: 100) { return }
        }
    }

    /// Tells how it goes once a second on stderr, then prints the summary; returns the exit code.
    func headless() throws -> Int32 {
        let signals = StopSignals(raising: run.stopSignal)
        defer { signals.cancel() }
        let end = Int(run.settings.seconds ?? Self.headlessSeconds)
        var errors = StandardOutput(descriptor: STDERR_FILENO, name: "standard error")
        for second in 1...max(1, end) {
            if run.stopSignal.wait(milliseconds: 1000) { break }
            let calls = run.tally.calls
            let accepted = run.tally.accepted
            try errors.line("\(second) s: \(calls) calls, \(accepted) accepted, \(calls - accepted) rejected")
            try errors.flush()
        }
        let isStored = run.stopTraffic()
        try run.stop()
        var output = StandardOutput()
        return try finish(&output, isStored)
    }

    private func finish(_ output: inout StandardOutput, _ isStored: Bool) throws -> Int32 {
        let summary = DemoSummary(
            rows: run.tally.rows,
            failures: run.tally.failures,
            storedEvents: run.storedEvents,
            databasePath: run.settings.databasePath,
            isTemporary: isTemporary
        )
        for line in summary.lines { try output.line(line) }
        try output.flush()
        return isStored && summary.failures.count == 0 ? ExitStatus.done.rawValue : ExitStatus.failed.rawValue
    }

    private var configuration: DashboardConfiguration {
        DashboardConfiguration(
            databasePath: run.settings.databasePath,
            socketPath: run.settings.socketPath,
            collector: run.ownsCollector ? .inside : .outside(pid: nil)
        )
    }
}

/// Turns SIGINT, SIGTERM and SIGHUP into a stop signal while it is alive.
final class StopSignals {
    private let sources: [any DispatchSourceSignal]
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    init(raising stopSignal: StopSignal) {
        sources = Self.numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { stopSignal.raise() }
            source.resume()
            return source
        }
    }

    /// Gives the signals their usual meaning back.
    func cancel() {
        for source in sources { source.cancel() }
        for number in Self.numbers { signal(number, SIG_DFL) }
    }
}
