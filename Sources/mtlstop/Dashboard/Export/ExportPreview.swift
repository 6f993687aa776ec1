import AuditStore
import CertCore
import SafeText

/// What the first records of an export would be.
struct ExportPreview: Hashable, Sendable {
    var filter: AuditFilter
    var range: TimeRange
    var format: ReportFormat
    var isRaw: Bool
    var hidden: Set<HiddenField>

    /// Records that are made.
    private static let records = 2
    /// Letters of a line that are kept.
    private static let letters = 400

    /// Ends the reading when there are enough.
    private struct Enough: Error {}

    /// The first lines of the file; none for a document, which is no list of events.
    func lines(_ reader: AuditReader, now: Timestamp) throws -> [SafeText] {
        guard var encoder = format.encoder(isRaw: isRaw, host: HostName.current) else { return [] }
        let titles = format == .csv ? 1 : 0
        if titles > 0 { encoder.begin(manifest(now)) }
        let query = EventQuery(filter: filter, since: range.start(now: now), until: range.end)
        var cutter = EventCutter(hidden)
        var count = 0
        do {
            try reader.eachEvent(query, through: .max) { row, lookup in
                try encoder.add(cutter.cut(row), lookup)
                count += 1
                if count == Self.records { throw Enough() }
            }
        } catch is Enough {}
        let text = String(decoding: encoder.bytes, as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).prefix(Self.records + titles)
            .map { SafeText(String($0.prefix(Self.letters))) }
    }

    private func manifest(_ now: Timestamp) -> ReportManifest {
        let request = ReportRequest(
            format: format,
            selection: FilterOptions.Selection(filter: filter, since: nil, until: nil),
            created: now,
            host: HostName.current,
            isRaw: isRaw
        )
        return ReportManifest(request, counts: ReportManifest.Counts(), log: nil)
    }
}
