import AuditStore
import CertCore

/// Comparisons and typed statements.
extension QuestionAnswerer {
    func comparison(_ name: ComparisonName, now: Timestamp) throws(StoreError) -> Comparison {
        let left = try side(name.left)
        guard let right = name.right else { return Comparison(left: left, right: try renewal(of: left, now)) }
        return Comparison(left: left, right: try side(right))
    }

    private func side(_ row: MarkedRow) throws(StoreError) -> Comparison.Side {
        switch row {
        case .event(let id): return try reader.event(id: id).map { .event($0) } ?? .missing
        case .certificate(let name): return try dossier(name.lookup).map { .certificate($0) } ?? .missing
        }
    }

    /// The certificate of the same subject that was issued after this one and ends last.
    private func renewal(of side: Comparison.Side, _ now: Timestamp) throws(StoreError) -> Comparison.Side {
        guard case .certificate(let dossier) = side, let subject = dossier.record.usage.certificate.subject else {
            return .missing
        }
        let own = dossier.record.usage.certificate
        guard let filter = try? AuditFilter(parsing: FilterText.word("subject", is: subject), now: now) else {
            return .missing
        }
        let found = try reader.certificates(CertificateQuery(filter: filter, order: .lastSeen, limit: 100))
        let newer = found.map(\.certificate).filter { other in
            guard let start = other.notBefore, let ownStart = own.notBefore, other.id != own.id else { return false }
            return start > ownStart
        }
        guard let last = newer.max(by: { ($0.notAfter?.milliseconds ?? 0) < ($1.notAfter?.milliseconds ?? 0) }),
            let lookup = last.lookup
        else { return .missing }
        return try self.dossier(lookup).map { .certificate($0) } ?? .missing
    }

    func sql(_ question: SQLQuestion) -> SQLOutcome {
        do throws(SQLError) {
            return .found(try reader.sql(question.text))
        } catch {
            return .failed(error)
        }
    }
}
