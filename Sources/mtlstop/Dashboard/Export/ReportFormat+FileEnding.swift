extension ReportFormat {
    /// What a file of the format is called behind its last point.
    var fileEnding: String {
        switch self {
        case .ecs, .ocsf: rawValue + ".ndjson"
        default: rawValue
        }
    }
}
