import ArgumentParser

/// What a report can be written as.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// One object: the manifest's fields and the events.
    case json
    /// One event a line, lossless.
    case ndjson
    /// RFC 4180.
    case csv
}
