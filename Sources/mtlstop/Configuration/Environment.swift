import Glibc

/// The process environment as a value, so that every rule that reads it can be tested without touching it.
struct Environment: Sendable {
    private let values: [String: String]

    init(_ values: [String: String]) {
        self.values = values
    }

    /// A variable's value; an empty one counts as absent, as the XDG specification wants it.
    subscript(name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The environment this process was started with.
    static func current() -> Environment {
        var values: [String: String] = [:]
        var entry = environ
        while let line = entry.pointee {
            let text = String(cString: line)
            if let separator = text.firstIndex(of: "=") {
                values[String(text[..<separator])] = String(text[text.index(after: separator)...])
            }
            entry = entry.successor()
        }
        return Environment(values)
    }
}
