import ArgumentParser
import Glibc
import SafeText

/// Runs the command line: parses, runs, and maps every failure to its line and exit code.
enum CommandRunner {
    /// Parses the arguments of this process, runs the command and ends the process.
    static func run(_ root: any AsyncParsableCommand.Type) async -> Never {
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try root.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit(ExitStatus.done.rawValue)
        } catch let failure as Failure {
            printError(failure.line)
            exit(failure.status.rawValue)
        } catch is ReaderGone {
            exit(ExitStatus.done.rawValue)
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch {
            exitAfterUsage(root, error)
        }
    }

    /// `--help` and `--version` arrive as errors too: they go to stdout with status 0.
    private static func exitAfterUsage(_ root: any AsyncParsableCommand.Type, _ error: any Error) -> Never {
        let status = root.exitCode(for: error)
        if status == .success {
            print(root.fullMessage(for: error))
            exit(ExitStatus.done.rawValue)
        }
        let why = SafeText(root.message(for: error)).cut(to: Failure.longest * 2, keeping: .ends)
        printError("mtlstop: \(why) (mtlstop --help shows the commands)")
        exit(status == .validationFailure ? ExitStatus.usage.rawValue : ExitStatus.failed.rawValue)
    }

    private static func printError(_ line: SafeText) {
        var output = StandardOutput(descriptor: STDERR_FILENO, name: "standard error")
        try? output.line(line)
        try? output.flush()
    }
}
