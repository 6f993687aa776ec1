/// A report as files: the report, its manifest beside it, and what was asked for beside those.
struct ReportFile {
    /// Where the report goes.
    let path: String
    /// Every event in this format beside a document; nil for none.
    var data: ReportFormat?
    /// Where the manifest goes; nil: `FILE.manifest.json`.
    var manifestPath: String?
    /// Signs the manifest into a file beside it.
    var signer: ManifestSigner?
    /// False refuses to replace a report that is there.
    var replaces = true

    /// Writes everything; the report appears under its name only when it is complete.
    ///
    /// - Throws: exit code 73 when the file is there and must not be replaced, or cannot be made.
    func write(_ job: ReportJob, progress: ReportProgress) throws -> ReportManifest {
        var file = try FileDraft(path)
        let sink = try ReportSink(file.output)
        var manifest = try job.run(name: Self.name(of: path), into: sink, progress: progress)
        if let data { try writeData(data, job, &manifest, progress) }
        try file.keep(replacing: replaces)
        let place = manifestPath ?? path + ".manifest.json"
        try FileDraft.write(manifest.json, to: place)
        if let signer { try FileDraft.write(signer.signature(of: manifest.json), to: place + ".sig") }
        return manifest
    }

    private func writeData(
        _ format: ReportFormat,
        _ job: ReportJob,
        _ manifest: inout ReportManifest,
        _ progress: ReportProgress
    ) throws {
        let beside = path + "." + format.rawValue
        var file = try FileDraft(beside)
        let sink = try ReportSink(file.output)
        try job.addData(format, name: Self.name(of: beside), to: &manifest, into: sink, progress: progress)
        try file.keep()
    }

    /// The last part of a path.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
