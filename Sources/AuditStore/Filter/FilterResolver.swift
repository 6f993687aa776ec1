import CertCore
import GRDB

/// Turns the texts of a filter into ids of interned rows, so that a scan of events compares integers only.
struct FilterResolver {
    /// Beyond this many ids a list costs more than asking per event: 5,000 ids bind and sort in about a millisecond.
    static let longestList = 5000

    let db: Database

    /// Which ids a question answers; nil when there are too many to list.
    func ids(_ sql: String, _ arguments: [FilterArgument]) throws -> [Int64]? {
        let statement = try db.cachedStatement(sql: sql + " LIMIT \(Self.longestList + 1)")
        let ids = try Int64.fetchAll(statement, arguments: arguments.statementArguments)
        return ids.count > Self.longestList ? nil : ids
    }

    /// `column IN (ids)` with NULL counting as no.
    func membership(_ column: String, _ ids: [Int64]) -> FilterCondition {
        switch ids.count {
        case 0: return .never
        case 1: return .sql("ifnull(\(column), 0) = ?", [.integer(ids[0])])
        default:
            let list = "[" + ids.map(String.init).joined(separator: ",") + "]"
            return .sql("ifnull(\(column), 0) IN (SELECT value FROM json_each(?))", [.text(list)])
        }
    }

    /// The condition that a text column matches a pattern; never NULL.
    static func text(_ column: String, _ pattern: FilterPattern) -> FilterCondition {
        switch pattern {
        case .missing: .sql("ifnull(\(column), '') = ''", [])
        case .exactly(let text): .sql("ifnull(\(column) = ?, 0)", [.text(text)])
        case .like(let like): .sql(#"ifnull(\#(column) LIKE ? ESCAPE '\', 0)"#, [.text(like)])
        }
    }
}

// MARK: Names of the request and its surroundings

extension FilterResolver {
    /// The condition on a name that the event or its context holds.
    func name(_ name: FilterName, _ pattern: FilterPattern) throws -> FilterCondition {
        if let column = name.eventColumn {
            if pattern == .missing { return .sql("\(column) IS NULL", []) }
            return try interned(column, name.kind, Self.text("s.value", pattern))
        }
        let column = "c." + name.contextColumn
        if pattern == .missing { return try context(.sql("\(column) IS NULL", [])) }
        guard case .sql(let text, let arguments) = Self.text("s.value", pattern) else { return .never }
        return try context(
            .sql("\(column) IN (SELECT s.id FROM str s WHERE s.kind = \(name.kind.rawValue) AND \(text))", arguments)
        )
    }

    /// The condition that the address lies in a network.
    func network(_ network: AddressNetwork) throws -> FilterCondition {
        var text = "mtlstop_in_network(s.value, ?)"
        var arguments: [FilterArgument] = [.text(network.text)]
        if let prefix = network.textPrefix {
            // The second range holds IPv4 addresses written as IPv6.
            text = "((s.value >= ? AND s.value < ?) OR (s.value >= '::' AND s.value < ':;')) AND " + text
            arguments = [.text(prefix), .text(prefix + "~")] + arguments
        }
        return try interned("e.ip", .ip, .sql("(\(text))", arguments))
    }

    private func interned(_ column: String, _ kind: NameKind, _ value: FilterCondition) throws -> FilterCondition {
        guard case .sql(let text, let arguments) = value else { return value }
        let sql = "SELECT s.id FROM str s WHERE s.kind = \(kind.rawValue) AND \(text)"
        if let ids = try ids(sql, arguments) { return membership(column, ids) }
        return .sql("EXISTS(SELECT 1 FROM str s WHERE s.id = \(column) AND \(text))", arguments)
    }

    /// The condition that the event's context meets one over `context c`.
    func context(_ condition: FilterCondition) throws -> FilterCondition {
        guard case .sql(let text, let arguments) = condition else { return condition }
        if let ids = try ids("SELECT c.id FROM context c WHERE \(text)", arguments) {
            return membership("e.context", ids)
        }
        return .sql("EXISTS(SELECT 1 FROM context c WHERE c.id = e.context AND \(text))", arguments)
    }
}

// MARK: Verdicts

extension FilterResolver {
    /// The condition that the event's verdict meets one over `verdict v` and its reason `s`.
    func verdict(_ condition: FilterCondition) throws -> FilterCondition {
        guard case .sql(let text, let arguments) = condition else { return condition }
        let sql = "SELECT v.id FROM verdict v LEFT JOIN str s ON s.id = v.reason WHERE \(text)"
        if let ids = try ids(sql, arguments) { return membership("e.verdict", ids) }
        return .sql(
            "EXISTS(SELECT 1 FROM verdict v LEFT JOIN str s ON s.id = v.reason WHERE v.id = e.verdict AND \(text))",
            arguments
        )
    }

    /// The condition on the class; a rejection of no class counts as `other`, as in the groups of rejections.
    func rejectionClass(_ known: RejectionClass) throws -> FilterCondition {
        let id = FilterArgument.integer(Int64(known.id))
        guard known == .other else { return try verdict(.sql("ifnull(v.class = ?, 0)", [id])) }
        return try verdict(.sql("(v.outcome <> 0 AND ifnull(v.class, ?) = ?)", [id, id]))
    }

    /// The condition that the reported reason has a template; nil for no reason.
    func template(_ template: String?) throws -> FilterCondition {
        guard let template else { return try verdict(Self.text("s.value", .missing)) }
        return try verdict(.sql("ifnull(mtlstop_reason_template(s.value) = ?, 0)", [.text(template)]))
    }

    /// The condition on the reported reason, and on the name of the class when asked for.
    func reason(_ pattern: FilterPattern, orClass: Bool) throws -> FilterCondition {
        var parts = [Self.text("s.value", pattern)]
        if orClass, pattern != .missing {
            parts += try classes(pattern).map { .sql("ifnull(v.class = ?, 0)", [.integer(Int64($0.id))]) }
        }
        return try verdict(.any(parts))
    }

    private func classes(_ pattern: FilterPattern) throws -> [RejectionClass] {
        guard case .sql(let text, let arguments) = Self.text("?", pattern) else { return [] }
        return try RejectionClass.allCases.filter { known in
            let values = [FilterArgument.text(known.rawValue)] + arguments
            return try Bool.fetchOne(db, sql: "SELECT \(text)", arguments: values.statementArguments) ?? false
        }
    }
}

// MARK: Certificates

extension FilterResolver {
    /// The condition that the event's certificate meets one over `cert k`.
    func certificate(_ condition: FilterCondition) throws -> FilterCondition {
        guard case .sql(let text, let arguments) = condition else { return condition }
        let known = "SELECT k.id FROM cert k WHERE \(text)"
        // A row that turned out to be another certificate belongs to what that one matches.
        let sql = "\(known) UNION SELECT a.id FROM cert a WHERE a.same_as IN (\(known))"
        if let ids = try ids(sql, arguments + arguments) { return membership("e.cert", ids) }
        return .sql(
            "EXISTS(SELECT 1 FROM cert a JOIN cert k ON k.id IN (a.id, a.same_as) WHERE a.id = e.cert AND \(text))",
            arguments
        )
    }

    /// The condition over `cert k` that one of its texts matches.
    static func certificateText(_ field: CertificateText, _ pattern: FilterPattern) -> FilterCondition {
        switch field {
        case .commonName: return text("k.cn", pattern)
        case .subject: return text("k.subject", pattern)
        case .issuer: return text("k.issuer", pattern)
        case .san:
            if pattern == .missing { return .sql("ifnull(k.san, '[]') IN ('', '[]')", []) }
            let parts: [FilterCondition] = .init([
                text("j.value", pattern), text("substr(j.value, instr(j.value, ':') + 1)", pattern),
            ])
            guard case .sql(let either, let arguments) = FilterCondition.any(parts) else { return .never }
            return .sql("EXISTS(SELECT 1 FROM json_each(ifnull(k.san, '[]')) j WHERE \(either))", arguments)
        }
    }

    /// The condition over `cert k` that a fingerprint starts with these lower-case digits.
    static func fingerprint(_ digits: String) -> FilterCondition {
        let pattern = FilterArgument.text(digits + "%")
        return .sql("(hex(k.sha256) LIKE ? OR hex(k.sha1) LIKE ?)", [pattern, pattern])
    }
}

extension FilterName {
    fileprivate var kind: NameKind {
        switch self {
        case .ip: .ip
        case .path: .path
        case .method: .method
        case .host: .host
        case .agent: .userAgent
        case .service: .service
        case .source: .source
        }
    }

    fileprivate var eventColumn: String? {
        switch self {
        case .ip: "e.ip"
        case .path: "e.path"
        default: nil
        }
    }

    fileprivate var contextColumn: String {
        switch self {
        case .agent: "user_agent"
        case .method: "method"
        case .host: "host"
        case .service: "service"
        default: "source"
        }
    }
}
