import SafeText

/// Members that are left out when there is nothing to say, as ECS and OCSF want it.
extension JSONWriter {
    mutating func present(_ key: StaticString, _ value: String?) {
        if let value, !value.isEmpty { member(key, value) }
    }

    mutating func present(_ key: StaticString, _ value: Int64?) {
        if let value { member(key, value) }
    }

    mutating func present(_ key: StaticString, _ value: Bool?) {
        if let value { member(key, value) }
    }

    mutating func present(_ key: StaticString, _ values: [String]) {
        if !values.isEmpty { member(key, values) }
    }
}
