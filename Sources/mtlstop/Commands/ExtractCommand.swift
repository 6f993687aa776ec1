import ArgumentParser
import SafeText

/// `mtlstop extract`: requests in, extraction results out.
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Find the client certificate of requests, one JSON object a line.",
        discussion: """
            Reads requests on standard input and prints one result for each, in their order. A line that is no JSON \
            object gives {"error":…} and exit code 65 at the end.

            EXAMPLE:
              mtlstop extract < requests.ndjson
              with lines like
              {"headers":{"Client-Cert":":MII…:"},"options":{"certificateSource":"gcp"}}
            """
    )

    @Flag(help: "Print only {\"requests\":N,\"succeeded\":M} at the end.")
    var quiet = false

    func run() throws {
        var input = LineReader(limit: RequestLine.longest)
        var output = StandardOutput()
        var run = ExtractionRun(clock: try Clock(environment: .current()))
        var writer = JSONWriter(capacity: 8192)
        while let line = try input.next() {
            run.answer(line, to: &writer)
            if !quiet { try output.write(writer.bytes) }
            writer.removeAll(keepingCapacity: true)
            // Whoever waits for an answer before the next request must get it.
            if !quiet, !input.hasLine { try output.flush() }
        }
        if quiet {
            run.writeSummary(to: &writer)
            try output.write(writer.bytes)
        }
        try output.flush()
        if run.hasBadLines { throw ExitCode(ExitStatus.badInputData.rawValue) }
    }
}
