import AuditEvents
import AuditStore
import CertCore
import SafeText

/// Makes one report: counts first, then writes, then compares the two.
struct ReportJob {
    let reader: AuditReader
    let request: ReportRequest

    /// How many bytes an encoder gathers before they leave.
    private static let chunk = 64 << 10

    /// Writes the report into a sink and returns its manifest.
    ///
    /// Only events stored when it starts are in it, oldest first.
    func run(name: String, into sink: ReportSink, progress: ReportProgress) throws -> ReportManifest {
        var manifest: ReportManifest
        if request.format.isDocument {
            manifest = try document(sink)
        } else {
            let last = try reader.lastEventID()
            manifest = try countedManifest(upTo: last)
            manifest.ledger = try ledger(manifest.log)
            try stream(request.format, manifest, upTo: last, into: sink, progress: progress)
        }
        manifest.files = [try sink.finish(name: name)]
        return manifest
    }

    /// Writes the events that a document summed up, as a file beside it.
    func addData(
        _ format: ReportFormat,
        name: String,
        to manifest: inout ReportManifest,
        into sink: ReportSink,
        progress: ReportProgress
    ) throws {
        try stream(format, manifest, upTo: manifest.log?.upperBound, into: sink, progress: progress)
        manifest.files.append(try sink.finish(name: name))
    }

    private func document(_ sink: ReportSink) throws -> ReportManifest {
        let selection = request.selection
        let summary = try reader.summary(
            filter: selection.filter,
            since: selection.since,
            until: selection.until,
            now: request.created,
            mostRejections: ReportLimits.of(request.format).rejections
        )
        var manifest = manifest(
            ReportManifest.Counts(authenticated: summary.totals.accepted, rejected: summary.totals.rejected),
            log: summary.completeness.ids
        )
        manifest.ids = summary.ids
        manifest.ledger = try ledger(summary.ids)
        let document = ReportDocument(summary, manifest, request, database: reader.path)
        try sink.write(request.format == .html ? HTMLRenderer.page(document) : MarkdownRenderer.page(document))
        return manifest
    }

    private func countedManifest(upTo last: Int64?) throws -> ReportManifest {
        let status = try reader.status()
        guard let first = status.firstEventID, let last, first <= last else {
            return manifest(ReportManifest.Counts(), log: nil)
        }
        let totals = try reader.totals(
            since: request.selection.since,
            until: request.selection.until,
            filter: request.selection.filter.upTo(id: last)
        )
        return manifest(
            ReportManifest.Counts(authenticated: totals.accepted, rejected: totals.rejected),
            log: first...last
        )
    }

    /// The ledger's head, with proofs of the segments that hold these events; nil while the log has none.
    private func ledger(_ ids: ClosedRange<Int64>?) throws -> [UInt8]? {
        guard let head = try reader.ledgerHead() else { return nil }
        let proofs = try ids.map { try reader.ledgerProofs(for: $0) } ?? []
        var writer = JSONWriter(capacity: 4096)
        head.writeJSON(to: &writer, proofs: proofs)
        return writer.bytes
    }

    private func manifest(_ counts: ReportManifest.Counts, log: ClosedRange<Int64>?) -> ReportManifest {
        ReportManifest(request, counts: counts, log: log)
    }

    private func stream(
        _ format: ReportFormat,
        _ manifest: ReportManifest,
        upTo last: Int64?,
        into sink: ReportSink,
        progress: ReportProgress
    ) throws {
        guard var encoder = format.encoder(isRaw: request.isRaw, host: request.host) else { return }
        try stream(&encoder, manifest, upTo: last, into: sink, progress: progress)
    }

    /// Generic, so that no event copies the encoder out of its existential box.
    private func stream(
        _ encoder: inout some EventEncoder,
        _ manifest: ReportManifest,
        upTo last: Int64?,
        into sink: ReportSink,
        progress: ReportProgress
    ) throws {
        encoder.begin(manifest)
        let written = try write(&encoder, manifest.counts, upTo: last, into: sink, progress: progress)
        encoder.end()
        try sink.write(encoder.bytes)
        guard written == manifest.counts else {
            throw Failure(
                .failed,
                what: "report",
                why: "the log lost events while it was read (retention)",
                remedy: "run it again"
            )
        }
    }

    private func write(
        _ encoder: inout some EventEncoder,
        _ expected: ReportManifest.Counts,
        upTo last: Int64?,
        into sink: ReportSink,
        progress: ReportProgress
    ) throws -> ReportManifest.Counts {
        var counts = ReportManifest.Counts()
        guard let last else { return counts }
        let selection = request.selection
        let query = EventQuery(filter: selection.filter, since: selection.since, until: selection.until)
        defer { progress.end() }
        let total = Double(max(1, expected.events))
        var cutter = EventCutter(request.hidden)
        try reader.eachEvent(query, through: last) { row, lookup in
            if row.outcome == .authenticated { counts.authenticated += 1 } else { counts.rejected += 1 }
            try encoder.add(cutter.cut(row), lookup)
            if encoder.bytes.count >= Self.chunk {
                try sink.write(encoder.bytes)
                encoder.clear()
                try progress.show(min(1, Double(counts.events) / total), events: counts.events)
            }
        }
        return counts
    }
}
