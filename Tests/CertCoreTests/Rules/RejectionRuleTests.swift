import Testing

/// Every rule by which something is refused, and the test that fails when the rule is gone (`scripts/mutations`).
///
/// `scripts/mutate` takes the rules away one by one; here the list is held to tests and sources as they are.
@Suite("Rules of refusal and their tests")
struct RejectionRuleTests {
    /// One entry of the list.
    struct Rule: CustomTestStringConvertible {
        let name: String
        let test: String
        let file: String
        let from: String
        let to: String

        var testDescription: String { name }

        static let all: [Rule] = {
            guard let text = try? Fixtures.text("../scripts/mutations") else { return [] }
            return text.split(separator: "\n\n").compactMap { Rule(String($0)) }
        }()

        private init?(_ block: String) {
            var values: [Substring: String] = [:]
            for line in block.split(separator: "\n") where !line.hasPrefix("#") {
                let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
                values[parts[0]] = parts.count > 1 ? String(parts[1]).replacing("\\n", with: "\n") : ""
            }
            guard let name = values["rule"], let test = values["test"], let file = values["file"],
                let from = values["from"], let to = values["to"]
            else { return nil }
            (self.name, self.test, self.file, self.from, self.to) = (name, test, file, from, to)
        }
    }

    /// The names of all tests of CertCore, as they stand in the sources.
    private static let names: Set<String> = {
        var found: Set<String> = []
        for folder in ["Authorization", "Certificate", "Headers", "Reloading", "Verification"] {
            for file in Fixtures.names(in: "../Tests/CertCoreTests/\(folder)", ending: ".swift") {
                let text = (try? Fixtures.text("../Tests/CertCoreTests/\(folder)/\(file).swift")) ?? ""
                for part in text.split(separator: "@Test(").dropFirst() {
                    let quoted = part.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
                    if quoted.count > 1 { found.insert(String(quoted[1])) }
                }
            }
        }
        return found
    }()

    @Test("The list is there, and names no rule twice")
    func list() {
        #expect(Rule.all.count >= 70 && Set(Rule.all.map(\.name)).count == Rule.all.count)
    }

    @Test("Each rule has a test that exists, and stands in its source as the list says", arguments: Rule.all)
    func stands(rule: Rule) throws {
        #expect(Self.names.contains(rule.test), "\(rule.test)")
        let source = try Fixtures.text("../" + rule.file)
        #expect(source.split(separator: rule.from, omittingEmptySubsequences: false).count == 2, "\(rule.from)")
        #expect(rule.from != rule.to)
    }

    @Test("Every reason, detail and helper has a rule in the list")
    func covers() {
        let all = Rule.all.map { $0.name + $0.from }.joined(separator: "\n")
        let wanted = [
            "untrustedProxy", "ambiguous", "tooLarge", "tooMany", "mismatch", "expired", "not yet valid",
            "certificateRevoked",
            "socket.authorized", "certificateNotRetrievable", "verdict", "lambdaEvent", "authorize(certificate",
            "allowCA",
            "attribute", "letter", "fingerprint", "SPIFFE", "allOf", "star", "further names", "anchor", "policy",
            "XFCC",
        ]
        for word in wanted { #expect(all.contains(word), "\(word)") }
    }
}
