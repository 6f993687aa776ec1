import AuditEvents
import AuditStore
import CertCore

/// Makes one report: counts first, then writes, then compares the two.
struct ReportJob {
    let reader: AuditReader
    let format: ReportFormat
    let selection: FilterOptions.Selection
    let created: Timestamp

    /// Writes the report into a sink and returns its manifest.
    ///
    /// Only events stored when it starts are in it, oldest first.
    func run(name: String, into sink: inout ReportSink, progress: ReportProgress) throws -> ReportManifest {
        let status = try reader.status()
        var manifest = try manifest(status)
        var body = ReportBody(format, facts: CertificateFacts(reader))
        try body.begin(manifest, &sink)
        let written = try write(&body, into: &sink, upTo: status.lastEventID, progress: progress)
        try body.end(&sink)
        guard written == manifest.counts else {
            throw Failure(
                .failed,
                what: "report",
                why: "the log lost events while it was read (retention)",
                remedy: "run it again"
            )
        }
        manifest.files = [try sink.finish(name: name)]
        return manifest
    }

    private func manifest(_ status: StoreStatus) throws -> ReportManifest {
        var counts = ReportManifest.Counts()
        if let last = status.lastEventID {
            let totals = try reader.totals(
                since: selection.since,
                until: selection.until,
                filter: selection.filter.upTo(id: last)
            )
            counts = ReportManifest.Counts(authenticated: totals.accepted, rejected: totals.rejected)
        }
        return ReportManifest(
            created: created,
            format: format,
            filter: selection.filter.text,
            since: selection.since,
            until: selection.until,
            counts: counts,
            log: status.firstEventID.flatMap { first in status.lastEventID.map { first...$0 } }
        )
    }

    private func write(
        _ body: inout ReportBody,
        into sink: inout ReportSink,
        upTo last: Int64?,
        progress: ReportProgress
    ) throws -> ReportManifest.Counts {
        var counts = ReportManifest.Counts()
        guard let last else { return counts }
        var query = EventQuery(filter: selection.filter, since: selection.since, until: selection.until)
        query.order = .oldestFirst
        query.before = last + 1
        query.limit = .max
        defer { progress.end() }
        try reader.eachPage(query) { page, part in
            for row in page.rows {
                if row.outcome == .authenticated { counts.authenticated += 1 } else { counts.rejected += 1 }
                try body.add(row, &sink)
            }
            progress.show(part, events: counts.events)
            return true
        }
        return counts
    }
}
