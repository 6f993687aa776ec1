import SafeText

extension AuthorizationRule {
    /// What looks like a mistake although it is allowed: entries that can never match, and SHA-1 pins.
    ///
    /// - Throws: ``PolicyProblem`` for an empty list or matcher, and for a fingerprint whose prefix contradicts its length.
    func check(at place: String) throws(PolicyProblem) -> [SafeText] {
        let place = place.isEmpty ? name : "\(place).\(name)"
        switch self {
        case .allowCN(let values), .allowOU(let values), .allowOrganization(let values), .allowEmail(let values):
            return try Self.warnings(values, place) { _ in nil }
        case .allowFingerprints(let values): return try Self.fingerprints(values, place)
        case .allowSerial(let values):
            return try Self.warnings(values, place) { isSerial($0) ? nil : "is no serial number" }
        case .allowSAN(let values):
            return try Self.warnings(values, place) { value in
                guard let matcher = AlternativeNameMatcher(value) else { return "has no value" }
                return matcher.complaint
            }
        case .allowSPIFFE(let values):
            return try Self.warnings(values, place) { SPIFFEPattern($0) == nil ? "is no SPIFFE identity" : nil }
        case .allowIssuer(let match), .allowSubject(let match):
            return try Self.check(match, place)
        case .allowCA(let authorities):
            try Self.check(authorities, place)
            return []
        case .allOf(let rules), .anyOf(let rules): return try Self.check(rules, place)
        }
    }

    private static func check(_ rules: [AuthorizationRule], _ place: String) throws(PolicyProblem) -> [SafeText] {
        if rules.isEmpty { throw PolicyProblem(.invalid, place: place, "the list of rules is empty") }
        var warnings: [SafeText] = []
        for (index, rule) in rules.enumerated() { warnings += try rule.check(at: "\(place)[\(index)]") }
        return warnings
    }

    private static func check(_ authorities: Authorities, _ place: String) throws(PolicyProblem) {
        if authorities.anchors.isEmpty { throw PolicyProblem(.invalid, place: place, "the list of anchors is empty") }
        if (authorities.anchors + authorities.revocationLists).contains("") {
            throw PolicyProblem(.invalid, place: place, "a path is empty")
        }
        guard (0...10).contains(authorities.maximumDepth) else {
            throw PolicyProblem(.invalid, place: place, "maxDepth must be from 0 to 10")
        }
    }

    private static func check(_ match: [String: String], _ place: String) throws(PolicyProblem) -> [SafeText] {
        if match.isEmpty { throw PolicyProblem(.invalid, place: place, "the matcher is empty") }
        let names = match.keys.sorted()
        if let name = names.first(where: { match[$0]?.isEmpty == true }) {
            throw PolicyProblem(.invalid, place: "\(place).\(name)", "the value is empty")
        }
        return names.filter { !AttributeName.isUsed($0) }.map { name in
            let shown = SafeText(name).cut(to: 160)
            let advice: SafeText = AttributeName.meant(by: name).map { ": write \($0)" } ?? ""
            return "\(place): no name has an attribute that is called '\(shown)'\(advice)"
        }
    }

    /// A prefix says which digest is meant: digits of another one's length are a mistake, not a pin.
    private static func fingerprints(_ values: [String], _ place: String) throws(PolicyProblem) -> [SafeText] {
        for (index, value) in values.enumerated() {
            guard Fingerprint(parsing: value) == nil, let colon = value.firstIndex(of: ":") else { continue }
            let prefix = ASCII.lowercased(String(value[..<colon])).filter { $0 != "-" }
            if Fingerprint(parsing: String(value[value.index(after: colon)...])) != nil,
                ["sha1", "sha256", "sha512"].contains(prefix)
            {
                throw PolicyProblem(
                    .invalid,
                    place: "\(place)[\(index)]",
                    "the prefix does not fit the number of digits: \(SafeText(value).cut(to: 160))"
                )
            }
        }
        return try warnings(values, place) { value in
            switch Fingerprint(parsing: value)?.algorithm {
            case nil: "is no fingerprint"
            case .sha1: "is a SHA-1 fingerprint, which can be forged: pin SHA-256"
            case .sha256, .sha512: nil
            }
        }
    }

    private static func warnings(
        _ values: [String],
        _ place: String,
        _ complaint: (String) -> SafeText?
    ) throws(PolicyProblem) -> [SafeText] {
        if values.isEmpty { throw PolicyProblem(.invalid, place: place, "the list is empty") }
        if let index = values.firstIndex(of: "") {
            throw PolicyProblem(.invalid, place: "\(place)[\(index)]", "the value is empty")
        }
        return values.enumerated().compactMap { index, value in
            complaint(value).map { "\(place)[\(index)]: '\(SafeText(value).cut(to: 160))' \($0)" }
        }
    }
}
