import AuditEvents

extension AuditFilter {
    /// Events that were the first with their certificate.
    static let newOnly = AuditFilter(root: .term(.state(.new)), text: "is:new")
    /// Rejections.
    static let rejectedOnly = AuditFilter(root: .term(.outcome(.rejected)), text: "outcome:rejected")
}

extension AuditFilter {
    /// The same filter over events up to an id only; the text stays as it was written.
    package func upTo(id: Int64) -> AuditFilter {
        let bound = FilterNode.term(.id(.atMost, id))
        return AuditFilter(root: root.map { .all([$0, bound]) } ?? bound, text: text)
    }
}
