/// A row that can be marked.
enum MarkedRow: Hashable, Sendable {
    case event(Int64)
    case certificate(CertificateName)

    /// The condition of the filter language that finds it; nil where the language has none.
    var condition: String? {
        switch self {
        case .event(let id): return "id=\(id)"
        case .certificate(let name):
            let isDigest = name.lookup.count >= 40 && name.lookup.allSatisfy(\.isHexDigit)
            return isDigest ? "fp=\(name.lookup)" : nil
        }
    }
}

/// The marked rows, in the order they were marked.
struct Marks: Hashable, Sendable {
    private(set) var rows: [MarkedRow] = []

    /// The most rows that are marked at a time: as many conditions as one filter takes, less what stands beside them.
    static let limit = 200

    var isEmpty: Bool { rows.isEmpty }

    func contains(_ row: MarkedRow) -> Bool { rows.contains(row) }

    /// Marks a row, or takes its mark away; false when there are too many.
    mutating func toggle(_ row: MarkedRow) -> Bool {
        if let place = rows.firstIndex(of: row) {
            rows.remove(at: place)
            return true
        }
        guard rows.count < Self.limit else { return false }
        rows.append(row)
        return true
    }

    mutating func clear() { rows = [] }

    /// The condition that finds every marked row; nil without one.
    var condition: String? {
        let conditions = rows.compactMap(\.condition)
        return conditions.isEmpty ? nil : conditions.joined(separator: " or ")
    }
}
