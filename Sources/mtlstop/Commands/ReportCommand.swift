import ArgumentParser
import AuditStore

/// `mtlstop report`: an audit report and its manifest.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write an audit report, with a manifest of counts and SHA-256.",
        discussion: """
            A report holds every event that matches, oldest first. With -o it appears under its name only when it is \
            complete, with FILE.manifest.json beside it.

            EXAMPLES:
              mtlstop report --since 2026-11-01 --until 2026-12-01 --format csv -o november.csv
              mtlstop report outcome:rej --format json > rejected.json
            """
    )

    @OptionGroup var selection: FilterOptions

    @OptionGroup var place: PlaceOptions

    @Option(help: "json, ndjson or csv.")
    var format: ReportFormat = .ndjson

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Where the manifest goes.", valueName: "file"))
    var manifest: String?

    func run() async throws {
        let clock = try Clock(environment: .current())
        let asked = try selection.selection(clock)
        try place.places.reading { reader in
            let job = ReportJob(reader: reader, format: format, selection: asked, created: clock.now)
            let result = try output.map { try write(job, to: $0) } ?? print(job)
            if let path = manifest ?? output.map({ $0 + ".manifest.json" }) {
                try FileDraft.write(result.json, to: path)
            }
        }
    }

    private func print(_ job: ReportJob) throws -> ReportManifest {
        var sink = try ReportSink(StandardOutput())
        return try job.run(name: "-", into: &sink, progress: ReportProgress())
    }

    private func write(_ job: ReportJob, to path: String) throws -> ReportManifest {
        var file = try FileDraft(path)
        var sink = try ReportSink(file.output)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let result = try job.run(name: name, into: &sink, progress: ReportProgress())
        try file.keep()
        return result
    }
}
