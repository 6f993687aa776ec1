import ArgumentParser

/// What a report can be written as.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// A page for people who read, print and sign it.
    case html
    /// The same in short, as Markdown.
    case md
    /// One object: the manifest's fields and the events.
    case json
    /// One event a line, lossless.
    case ndjson
    /// RFC 4180.
    case csv
    /// Elastic Common Schema 9, one object a line.
    case ecs
    /// OCSF Authentication (class 3002), one object a line.
    case ocsf
    /// ArcSight Common Event Format, one record a line.
    case cef
    /// QRadar Log Event Extended Format 2.0, one record a line.
    case leef
    /// RFC 5424, one message a line.
    case syslog

    /// True for the two that people read: they sum up instead of listing every event.
    var isDocument: Bool { self == .html || self == .md }

    /// The names, for help and messages.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
