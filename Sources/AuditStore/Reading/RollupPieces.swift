/// A range of times as whole roll-up buckets and the raw rest at its ends.
struct RollupPieces: Hashable, Sendable {
    /// Whole buckets of one span; absent ends are open, the upper one is exclusive.
    struct Piece: Hashable, Sendable {
        var span: RollupSpan
        var first: Int64?
        var end: Int64?
    }

    private(set) var pieces: [Piece] = []
    /// Ranges shorter than the smallest bucket that no roll-up covers.
    private(set) var edges: [TallyRange] = []

    /// Covers a range with the largest buckets that fit.
    ///
    /// - Parameter longest: no bucket longer than this many milliseconds, so that slots can be told apart.
    init(_ range: TallyRange, longest: Int64 = .max) {
        let spans = [RollupSpan.day, .hour, .minute].filter { $0.milliseconds <= longest }
        cover(range, spans[...])
    }

    private mutating func cover(_ range: TallyRange, _ spans: ArraySlice<RollupSpan>) {
        if range.isEmpty { return }
        guard let span = spans.first else {
            edges.append(range)
            return
        }
        let length = span.milliseconds
        let first = range.since.map { ($0 + (length - 1)).floored(to: length) }
        let end = range.until.map { $0.floored(to: length) }
        if let first, let end, first >= end {
            cover(range, spans.dropFirst())
            return
        }
        pieces.append(Piece(span: span, first: first.map { $0 / length }, end: end.map { $0 / length }))
        if let since = range.since { cover(TallyRange(since: since, until: first), spans.dropFirst()) }
        if let until = range.until { cover(TallyRange(since: end, until: until), spans.dropFirst()) }
    }
}
