import Glibc
import SafeText
import Terminal

/// A dashboard on the terminal of this process, from its opening to its closing.
enum DashboardSession {
    /// Opens the terminal, runs the dashboard, gives the terminal back; returns the exit code.
    ///
    /// Blocks its thread. What is written to stderr meanwhile goes to a log file, so that nothing disturbs the screen.
    static func run(_ configuration: DashboardConfiguration) throws -> Int32 {
        _ = try configuration.initialState(size: Size(columns: 80, rows: 24), glyphs: .ascii)
        let terminal = try openTerminal(configuration)
        let log = ErrorLog(beside: configuration.databasePath)
        defer {
            terminal.close()
            log.restore()
        }
        let waker = terminal.waker
        return try DashboardProgram(configuration, terminal: terminal, wake: { waker.wake() }).run()
    }

    private static func openTerminal(_ configuration: DashboardConfiguration) throws -> CursesTerminal {
        do throws(TerminalError) {
            return try CursesTerminal(colors: configuration.color, ascii: nil)
        } catch {
            throw Failure(.failed, what: "terminal", why: error.message, remedy: error.remedy)
        }
    }
}
