public import CertCore
import SafeText

extension AuthorizationRule {
    /// How deeply rules may stand in rules.
    static let deepest = 16
    /// How many rules one policy may have.
    static let most = 1000

    /// Reads a rule: an object whose one key is the helper's name.
    ///
    /// - Throws: ``PolicyProblem`` that names the place, for an unknown rule, a wrong type, too many rules or too deep ones.
    ///   Empty lists are found when the policy is made.
    public init(json: JSONValue) throws(PolicyProblem) {
        var reader = RuleReader()
        self = try reader.rule(json, at: "", depth: 1)
    }
}

private struct RuleReader {
    private var count = 0

    mutating func rule(_ json: JSONValue, at place: String, depth: Int) throws(PolicyProblem) -> AuthorizationRule {
        guard depth <= AuthorizationRule.deepest else {
            throw PolicyProblem(.invalid, place: place, "rules stand more than \(AuthorizationRule.deepest) deep")
        }
        count += 1
        guard count <= AuthorizationRule.most else {
            throw PolicyProblem(.invalid, place: place, "there are more than \(AuthorizationRule.most) rules")
        }
        guard let members = json.members else {
            throw PolicyProblem(.invalid, place: place, "a rule must be an object like {\"allowCN\":[\"name\"]}")
        }
        guard let member = members.first, members.count == 1 else {
            let names = SafeText(members.map(\.key).joined(separator: ", ")).cut(to: 128)
            throw PolicyProblem(
                .invalid,
                place: place,
                members.isEmpty
                    ? "the rule is empty" : "a rule has one name, here are \(names): join rules by allOf or anyOf"
            )
        }
        return try rule(member.key, member.value, at: place.isEmpty ? member.key : "\(place).\(member.key)", depth)
    }

    private mutating func rule(
        _ name: String,
        _ value: JSONValue,
        at place: String,
        _ depth: Int
    ) throws(PolicyProblem) -> AuthorizationRule {
        switch name {
        case "allowCN": return .allowCN(try texts(value, at: place))
        case "allowOU": return .allowOU(try texts(value, at: place))
        case "allowOrganization": return .allowOrganization(try texts(value, at: place))
        case "allowFingerprints": return .allowFingerprints(try texts(value, at: place))
        case "allowSerial": return .allowSerial(try texts(value, at: place))
        case "allowSAN": return .allowSAN(try texts(value, at: place))
        case "allowEmail": return .allowEmail(try texts(value, at: place))
        case "allowSPIFFE": return .allowSPIFFE(try texts(value, at: place))
        case "allowIssuer": return .allowIssuer(try attributes(value, at: place))
        case "allowSubject": return .allowSubject(try attributes(value, at: place))
        case "allowCA": return .allowCA(try authorities(value, at: place))
        case "allOf": return .allOf(try rules(value, at: place, depth))
        case "anyOf": return .anyOf(try rules(value, at: place, depth))
        default:
            throw PolicyProblem(
                .invalid,
                place: SafeText(place).cut(to: 256).string,
                "unknown rule; the rules are \(AuthorizationRule.names.joined(separator: ", "))"
            )
        }
    }

    private mutating func rules(
        _ value: JSONValue,
        at place: String,
        _ depth: Int
    ) throws(PolicyProblem) -> [AuthorizationRule] {
        guard let elements = value.elements else {
            throw PolicyProblem(.invalid, place: place, "must be a list of rules")
        }
        var result: [AuthorizationRule] = []
        for (index, element) in elements.enumerated() {
            result.append(try rule(element, at: "\(place)[\(index)]", depth: depth + 1))
        }
        return result
    }

    private func texts(_ value: JSONValue, at place: String) throws(PolicyProblem) -> [String] {
        guard let elements = value.elements else {
            throw PolicyProblem(.invalid, place: place, "must be a list of strings")
        }
        var result: [String] = []
        for (index, element) in elements.enumerated() {
            guard let text = element.stringValue else {
                throw PolicyProblem(.invalid, place: "\(place)[\(index)]", "must be a string")
            }
            result.append(text)
        }
        return result
    }

    private func attributes(_ value: JSONValue, at place: String) throws(PolicyProblem) -> [String: String] {
        guard let members = value.members else {
            throw PolicyProblem(.invalid, place: place, "must be an object like {\"O\":\"Example\"}")
        }
        var result: [String: String] = [:]
        for member in members {
            guard let text = member.value.stringValue else {
                throw PolicyProblem(.invalid, place: "\(place).\(member.key)", "must be a string")
            }
            result[member.key] = text
        }
        return result
    }

    private func authorities(
        _ value: JSONValue,
        at place: String
    ) throws(PolicyProblem) -> AuthorizationRule.Authorities {
        guard let members = value.members else { return .init(anchors: try texts(value, at: place)) }
        var result = AuthorizationRule.Authorities(anchors: [])
        for member in members {
            let place = "\(place).\(member.key)"
            switch member.key {
            case "anchors": result.anchors = try texts(member.value, at: place)
            case "crls":
                result.revocationLists = try texts(member.value, at: place)
                if result.revocationLists.isEmpty {
                    throw PolicyProblem(.invalid, place: place, "the list is empty")
                }
            case "maxDepth":
                guard let depth = member.value.integerValue else {
                    throw PolicyProblem(.invalid, place: place, "must be a whole number")
                }
                result.maximumDepth = Int(clamping: depth)
            default:
                throw PolicyProblem(.invalid, place: place, "unknown; an allowCA has anchors, maxDepth and crls")
            }
        }
        return result
    }
}
