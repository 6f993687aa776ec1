import AuditEvents

extension AuditFilter {
    /// Events that were the first with their certificate.
    static let newOnly = AuditFilter(root: .term(.state(.new)), text: "is:new")
    /// Rejections.
    static let rejectedOnly = AuditFilter(root: .term(.outcome(.rejected)), text: "outcome:rejected")
}
