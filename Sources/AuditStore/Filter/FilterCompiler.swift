import AuditEvents
import CertCore
import GRDB

/// Compiles a filter for one snapshot of a database.
struct FilterCompiler {
    private let resolver: FilterResolver

    init(_ db: Database) {
        resolver = FilterResolver(db: db)
    }

    /// The plan of a filter over `event e`.
    func plan(_ filter: AuditFilter?) throws -> FilterPlan {
        guard let root = filter?.root else { return FilterPlan() }
        var plan = FilterPlan()
        plan.condition = try compile(root)
        try narrow(&plan, by: root)
        return plan
    }

    private func compile(_ node: FilterNode) throws -> FilterCondition {
        switch node {
        case .all(let nodes): try .all(nodes.map(compile))
        case .any(let nodes): try .any(nodes.map(compile))
        case .not(let node): try compile(node).negated
        case .term(let term): try compile(term)
        }
    }

    private func compile(_ term: FilterTerm) throws -> FilterCondition {
        switch term {
        case .outcome(let outcome): .sql(outcome == .rejected ? "e.outcome <> 0" : "e.outcome = 0", [])
        case .rejectionClass(let known):
            try resolver.rejectionClass(known)
        case .template(let template): try resolver.template(template)
        case .reason(let pattern, let orClass): try resolver.reason(pattern, orClass: orClass)
        case .code(let comparison, let code):
            try resolver.verdict(.sql("ifnull(v.code \(comparison.rawValue) ?, 0)", [.integer(code)]))
        case .name(let name, let pattern): try resolver.name(name, pattern)
        case .network(let network): try resolver.network(network)
        case .time(let comparison, let time): .sql("e.ts \(comparison.rawValue) ?", [.integer(time.milliseconds)])
        case .id(let comparison, let id): .sql("e.id \(comparison.rawValue) ?", [.integer(id)])
        case .session(let id): try resolver.context(.sql("c.session = ?", [.integer(id)]))
        case .state(let state): try compile(state)
        case .anywhere(let pattern): try anywhere(pattern)
        case .certificate, .fingerprint, .serial, .expires:
            try resolver.certificate(Self.certificateCondition(term) ?? .never)
        }
    }

    private func compile(_ state: EventState) throws -> FilterCondition {
        switch state {
        case .anonymous: return .sql("e.cert IS NULL", [])
        case .verified: return try resolver.verdict(.sql("ifnull(v.verified, 0) = 1", []))
        case .resumed: return try resolver.context(.sql("ifnull(c.resumed, 0) = 1", []))
        case .damaged: return .sql("ifnull(e.marks, 0) <> 0", [])
        case .new:
            let sql = "SELECT first_event FROM cert WHERE first_event IS NOT NULL AND same_as IS NULL"
            if let ids = try resolver.ids(sql, []) { return resolver.membership("e.id", ids) }
            return .sql(
                "EXISTS(SELECT 1 FROM cert k WHERE k.id = e.cert AND k.first_event = e.id AND k.same_as IS NULL)",
                []
            )
        }
    }

    private func anywhere(_ pattern: FilterPattern) throws -> FilterCondition {
        try .any([
            resolver.certificate(Self.certificateNames(pattern)),
            resolver.name(.path, pattern),
            resolver.name(.ip, pattern),
            resolver.reason(pattern, orClass: true),
        ])
    }
}

// MARK: What the top level demands

extension FilterCompiler {
    /// Reads off what every match must have, so that a scan can leave out most of the log.
    private func narrow(_ plan: inout FilterPlan, by node: FilterNode) throws {
        switch node {
        case .all(let nodes): for node in nodes { try narrow(&plan, by: node) }
        case .term(.outcome(.rejected)), .term(.rejectionClass): plan.isRejectedOnly = true
        case .term(.time(let comparison, let time)):
            if comparison == .atLeast { plan.since = max(plan.since ?? time.milliseconds, time.milliseconds) }
            if comparison == .less { plan.until = min(plan.until ?? time.milliseconds, time.milliseconds) }
        case .term(.id(let comparison, let id)): plan.narrow(comparison, id)
        case .term(.certificate), .term(.fingerprint), .term(.serial), .term(.expires):
            guard case .term(let term) = node, let condition = Self.certificateCondition(term) else { return }
            try narrow(&plan, certificates: condition)
        case .term(.state(.new)):
            let sql = "SELECT first_event FROM cert WHERE first_event IS NOT NULL AND same_as IS NULL"
            plan.ids = try resolver.ids(sql, [])
        case .any, .not, .term: return
        }
    }

    private func narrow(_ plan: inout FilterPlan, certificates condition: FilterCondition) throws {
        guard case .sql(let text, let arguments) = condition else { return }
        let known = "SELECT k.id FROM cert k WHERE \(text)"
        let sql = "\(known) UNION SELECT a.id FROM cert a WHERE a.same_as IN (\(known))"
        guard let ids = try resolver.ids(sql, arguments + arguments) else { return }
        plan.certificates = plan.certificates.map { $0.intersection(ids) } ?? Set(ids)
    }
}

// MARK: Conditions on certificates alone

extension FilterCompiler {
    /// The filter over `cert k`; nil when it asks about events.
    static func certificateCondition(_ node: FilterNode) -> FilterCondition? {
        switch node {
        case .all(let nodes):
            let parts = nodes.compactMap(certificateCondition)
            return parts.count == nodes.count ? .all(parts) : nil
        case .any(let nodes):
            let parts = nodes.compactMap(certificateCondition)
            return parts.count == nodes.count ? .any(parts) : nil
        case .not(let node): return certificateCondition(node)?.negated
        case .term(.anywhere(let pattern)): return certificateNames(pattern)
        case .term(let term): return certificateCondition(term)
        }
    }

    static func certificateCondition(_ term: FilterTerm) -> FilterCondition? {
        switch term {
        case .certificate(let field, let pattern): FilterResolver.certificateText(field, pattern)
        case .fingerprint(let digits): FilterResolver.fingerprint(digits)
        case .serial(let pattern): FilterResolver.text("k.serial", pattern)
        case .expires(let comparison, let time):
            .sql("ifnull(k.not_after \(comparison.rawValue) ?, 0)", [.integer(time.milliseconds)])
        default: nil
        }
    }

    /// A word alone, over what a certificate is called.
    private static func certificateNames(_ pattern: FilterPattern) -> FilterCondition {
        .any([
            FilterResolver.text("k.subject", pattern),
            FilterResolver.text("k.cn", pattern),
            FilterResolver.certificateText(.san, pattern),
        ])
    }
}
