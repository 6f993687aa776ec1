import ArgumentParser

/// How a command without columns prints: text for people, or JSON lines for programs.
enum PageFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case table
    case ndjson

    /// The format asked for, else the one that suits standard output.
    static func settled(_ asked: PageFormat?) -> PageFormat {
        asked ?? (StandardOutput.isTerminal ? .table : .ndjson)
    }
}
