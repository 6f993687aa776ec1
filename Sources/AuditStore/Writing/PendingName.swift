/// A text that waits for its row.
struct PendingName {
    let id: Int64
    let kind: NameKind
    let bytes: [UInt8]

    /// Stores names, and adds them to the ledger; within the batch's transaction.
    static func write(_ names: [PendingName], _ statements: WriteStatements, _ draft: inout LedgerDraft) throws {
        for name in names {
            let leaf = name.bytes.withUnsafeBytes {
                draft.record.name(id: name.id, kind: name.kind.rawValue, bytes: $0)
            }
            draft.append(leaf, to: .names)
        }
        // In key order, so that neighbours in the unique index are written together.
        let sorted = names.sorted { left, right in
            left.kind == right.kind
                ? left.bytes.lexicographicallyPrecedes(right.bytes) : left.kind.rawValue < right.kind.rawValue
        }
        for name in sorted {
            statements.insertName.bind(1, name.id)
            statements.insertName.bind(2, name.kind.rawValue)
            name.bytes.withUnsafeBytes { statements.insertName.bindText(3, $0) }
            try statements.insertName.run()
        }
    }
}
