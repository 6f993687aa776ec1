import ArgumentParser
import AuditStore
import CertCore
import Glibc

/// `mtlstop report`: an audit report and its manifest.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write an audit report, with a manifest of counts and SHA-256.",
        discussion: """
            html and md sum up for people; the other formats hold every event that matches, oldest first. With -o the \
            report appears under its name only when it is complete, with FILE.manifest.json beside it; --sign adds \
            FILE.manifest.json.sig, and `mtlstop verify FILE.manifest.json` checks it all offline.

            EXAMPLES:
              mtlstop report --since 2026-11-01 --until 2026-12-01 -o november.html
              mtlstop report --since 30d --data csv --sign audit-key.pem -o month.html
              mtlstop report --previous november.html.manifest.json -o december.html
              mtlstop report outcome:rej --format ecs > rejected.ndjson
              mtlstop report --since 7d --hide ip --hide query -o shared.csv
            """
    )

    @OptionGroup var selection: FilterOptions

    @OptionGroup var place: PlaceOptions

    @Option(help: "\(ReportFormat.names). Without it: what the name of -o ends with, else ndjson.")
    var format: ReportFormat?

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Where the manifest goes.", valueName: "file"))
    var manifest: String?

    @Option(
        help: ArgumentHelp(
            "The manifest of the report before: its SHA-256 goes into this one, so that reports form a chain.",
            valueName: "manifest"
        )
    )
    var previous: String?

    @Option(help: ArgumentHelp("Sign the manifest with an Ed25519 private key (PEM).", valueName: "key"))
    var sign: String?

    @Option(help: ArgumentHelp("Beside html or md: every event in this format too.", valueName: "format"))
    var data: ReportFormat?

    @Option(
        help: ArgumentHelp(
            "Leave out of every event: ip (client addresses), ip-hash (replaces them), query (of targets), dn (all but the CN).",
            valueName: "field"
        )
    )
    var hide: [HiddenField] = []

    @Flag(help: "csv without the guard against formulae: for programs, never for spreadsheets.")
    var raw = false

    @Option(help: ArgumentHelp("The host named in the report (this machine).", valueName: "name"))
    var host: String?

    @Option(help: ArgumentHelp("The operator named in the report.", valueName: "name"))
    var `operator`: String?

    /// The format asked for, else the one the file's name says.
    private var settledFormat: ReportFormat {
        if let format { return format }
        let ending = output?.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return ReportFormat(rawValue: ending == "htm" ? "html" : ending) ?? .ndjson
    }

    func validate() throws {
        if let data, data.isDocument || !settledFormat.isDocument || output == nil {
            throw ValidationError("--data \(data.rawValue) goes with --format html or md and -o FILE")
        }
        if !hide.isEmpty, settledFormat.isDocument {
            throw ValidationError("--hide goes with formats that hold every event, not with html and md")
        }
        if raw, settledFormat != .csv, data != .csv { throw ValidationError("--raw goes with csv") }
        if previous != nil, output == nil, manifest == nil {
            throw ValidationError("--previous needs a manifest: -o FILE or --manifest FILE")
        }
        if sign != nil, output == nil, manifest == nil {
            throw ValidationError("--sign needs a manifest: -o FILE or --manifest FILE")
        }
    }

    func run() async throws {
        let clock = try Clock(environment: .current())
        let signer = try sign.map { try ManifestSigner(keyFile: $0) }
        let request = ReportRequest(
            format: settledFormat,
            selection: try selection.selection(clock),
            created: clock.now,
            host: host ?? HostName.current,
            operatorName: `operator`,
            isRaw: raw,
            hidden: Set(hide),
            previous: try previous.map { try ManifestVerifier(path: $0).asPrevious }
        )
        try place.places.reading { reader in
            try ReportMemory.lower(for: reader)
            let job = ReportJob(reader: reader, request: request)
            guard let output else {
                let result = try print(job)
                if let manifest { try writeManifest(result, to: manifest, signer) }
                return
            }
            var file = ReportFile(path: output, data: data)
            file.manifestPath = manifest
            file.signer = signer
            _ = try file.write(job, progress: ReportProgress())
        }
    }

    private func print(_ job: ReportJob) throws -> ReportManifest {
        let sink = try ReportSink(StandardOutput())
        return try job.run(name: "-", into: sink, progress: ReportProgress())
    }

    private func writeManifest(_ manifest: ReportManifest, to path: String, _ signer: ManifestSigner?) throws {
        try FileDraft.write(manifest.json, to: path)
        if let signer { try FileDraft.write(signer.signature(of: manifest.json), to: path + ".sig") }
    }
}

extension HiddenField: ExpressibleByArgument {}
