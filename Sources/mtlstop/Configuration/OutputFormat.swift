import ArgumentParser

/// How a command prints rows.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Aligned columns for people; the default on a terminal.
    case table
    /// One JSON object a line for programs; the default elsewhere.
    case ndjson
    /// RFC 4180 for spreadsheets.
    case csv

    /// The format asked for, else the one that suits standard output.
    static func settled(_ asked: OutputFormat?) -> OutputFormat {
        asked ?? (StandardOutput.isTerminal ? .table : .ndjson)
    }
}
