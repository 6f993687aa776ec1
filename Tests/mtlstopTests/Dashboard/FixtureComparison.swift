import AuditStore

@testable import mtlstop

/// The sides of comparisons and the rows of a statement.
enum FixtureComparison {
    static func of(_ name: ComparisonName) -> Comparison {
        let right = name.right ?? .certificate(FixtureCast.orders.name)
        return Comparison(left: side(name.left), right: side(right))
    }

    private static func side(_ row: MarkedRow) -> Comparison.Side {
        switch row {
        case .event(let id): return FixtureCast.events.first { $0.id == id }.map { .event($0) } ?? .missing
        case .certificate(let name):
            if case .certificate(.some(let dossier)) = FixtureAnswers.answer(.certificate(name.lookup)) {
                return .certificate(dossier)
            }
            return .missing
        }
    }

    static let rows = SQLResult(
        columns: ["id", "name", "share", "der"],
        rows: [
            [.integer(1), .text("svc-billing"), .real(0.5), .blob([0x30, 0x82], count: 812)],
            [.integer(2), .text("evil\u{1B}[31m\u{202E}"), .null, .blob([], count: 0)],
        ],
        isCut: true,
        milliseconds: 12
    )
}
