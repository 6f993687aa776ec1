import AuditSamples
import AuditStore
import CertCore
import SafeText
import Testing

@testable import mtlstop

@Suite("Tables of a report")
struct ReportDocumentTests {
    private static let filters = [
        "", "outcome:rej", "service:billing", "not cn:svc-*", "class:expired or is:anonymous", "cn:no-such-name",
    ]

    @Test(
        "In every table with a last line for all, the columns add up to it, however much is cut",
        arguments: [ReportFormat.html, .md]
    )
    func totals(_ format: ReportFormat) throws {
        let seed = UInt64.random(in: 0 ... .max)
        let folder = try TestFolder()
        let path = folder["audit.db"]
        let start = try #require(Timestamp(rfc3339: "2026-11-20T10:17:31.250Z"))
        let traffic = SampleTraffic(
            seed: seed,
            events: 4000,
            certificates: 300,
            rejectedShare: 0.2,
            start: start,
            span: 3 * 86_400_000
        )
        try traffic.fillDatabase(path: path)
        let reader = try AuditReader(path: path)
        for text in Self.filters {
            let filter = try AuditFilter(parsing: text, now: start)
            let now = start.advanced(byMilliseconds: 3 * 86_400_000)
            let request = ReportRequest(
                format: format,
                selection: .init(filter: filter, since: nil, until: nil),
                created: now,
                host: "host"
            )
            let summary = try reader.summary(filter: filter, now: now)
            let counts = ReportManifest.Counts(
                authenticated: summary.totals.accepted,
                rejected: summary.totals.rejected
            )
            let manifest = ReportManifest(request, counts: counts, log: nil)
            let document = ReportDocument(summary, manifest, request, database: path)
            try check(document, summary, "seed \(seed), filter \(text)")
        }
    }

    private func check(_ document: ReportDocument, _ summary: AuditSummary, _ comment: Comment) throws {
        var tables = 0
        for section in document.sections {
            for case .table(let table) in section.blocks {
                guard let total = table.rows.last, total.isTotal else { continue }
                tables += 1
                for column in table.columns.indices where table.columns[column].isNumber {
                    guard case .number(let wanted) = total.cells[column] else { continue }
                    let sum = table.rows.dropLast().reduce(Int64(0)) { $0 + Self.number($1.cells[column]) }
                    #expect(sum == wanted, "\(section.id) \(table.columns[column].title): \(comment)")
                }
            }
        }
        #expect(tables >= (summary.totals.rejected > 0 ? 6 : 5), comment)
        let ending = document.sections.first { $0.title == "Expiring with traffic" }
        if case .table(let bands)? = ending?.blocks.first, let first = bands.rows.first {
            let wanted = ReportWords.number(Self.number(first.cells[1]))
            let figure = document.figures.first { $0.title == "Ending soon" }
            #expect(figure?.value == SafeText(wanted), "ending within 30 days: \(comment)")
        }
        let all = document.sections.first { $0.id == "totals" }
        guard case .table(let table)? = all?.blocks.first, let last = table.rows.last else {
            Issue.record("there is no table of totals")
            return
        }
        #expect(Self.number(last.cells[1]) == summary.totals.events, comment)
    }

    private static func number(_ cell: ReportCell) -> Int64 {
        if case .number(let value) = cell { value } else { 0 }
    }

    @Test("A list that is cut says how much of it is shown")
    func cut() throws {
        let log = try HostileLog.make()
        let output = try log.run(["report", "--format", "md"]).1
        #expect(output.contains("Shown are 15 of 28 identities"))
        #expect(output.contains("These are the newest. Shown are 20 of 29 rejections"))
    }

    @Test(
        "Numbers and lengths are written as people read them",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-12_345, "-12,345"),
            (100_000, "100,000"),
        ] as [(Int64, String)]
    )
    func numbers(_ value: Int64, _ text: String) {
        #expect(ReportWords.number(value) == text)
    }

    @Test("A share never claims all or nothing where there is something")
    func shares() {
        #expect(ReportCell.percent(0, of: 10).string == "0.0 %")
        #expect(ReportCell.percent(1, of: 1_000_000).string == "< 0.1 %")
        #expect(ReportCell.percent(999_999, of: 1_000_000).string == "> 99.9 %")
        #expect(ReportCell.percent(1, of: 3).string == "33.3 %")
        #expect(ReportCell.percent(0, of: 0).string == "–")
    }
}
