import AuditEvents
import CertCore
import SafeText
import Testing

@Suite("Policy files")
struct PolicyFileTests {
    private static let chains =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/fixtures/chains"

    private func rule(_ text: String) throws -> AuthorizationRule {
        try AuthorizationRule(json: JSONValue(parsing: text))
    }

    private func problem(_ text: String) throws -> PolicyProblem? {
        let json = try JSONValue(parsing: text)
        do throws(PolicyProblem) {
            var files = SourceFiles()
            _ = try AuthorizationPolicy(AuthorizationRule(json: json), relativeTo: Self.chains, reading: &files)
            return nil
        } catch {
            return error
        }
    }

    @Test("Every rule is read as it stands")
    func reads() throws {
        let lists: [(String, ([String]) -> AuthorizationRule)] = [
            ("allowCN", AuthorizationRule.allowCN), ("allowOU", AuthorizationRule.allowOU),
            ("allowOrganization", AuthorizationRule.allowOrganization),
            ("allowFingerprints", AuthorizationRule.allowFingerprints), ("allowSerial", AuthorizationRule.allowSerial),
            ("allowSAN", AuthorizationRule.allowSAN), ("allowEmail", AuthorizationRule.allowEmail),
            ("allowSPIFFE", AuthorizationRule.allowSPIFFE),
        ]
        for (name, make) in lists { #expect(try rule("{\"\(name)\":[\"a\",\"b\"]}") == make(["a", "b"])) }
        #expect(
            try rule(#"{"allowIssuer":{"O":"My Company","C":"DE"}}"#) == .allowIssuer(["O": "My Company", "C": "DE"])
        )
        #expect(try rule(#"{"allowSubject":{"CN":"x"}}"#) == .allowSubject(["CN": "x"]))
        #expect(try rule(#"{"allowCA":["ca.pem"]}"#) == .allowCA(.init(anchors: ["ca.pem"])))
        #expect(
            try rule(#"{"allowCA":{"anchors":["ca.pem"],"maxDepth":2,"crls":["a.crl"]}}"#)
                == .allowCA(.init(anchors: ["ca.pem"], revocationLists: ["a.crl"], maximumDepth: 2))
        )
        #expect(
            try rule(#"{"allOf":[{"allowOU":["Engineering","DevOps"]},{"anyOf":[{"allowCN":["a"]}]}]}"#)
                == .allOf([.allowOU(["Engineering", "DevOps"]), .anyOf([.allowCN(["a"])])])
        )
    }

    @Test(
        "What must not stand in a policy is refused, and its place named",
        arguments: [
            ("[]", ""), ("{}", ""), ("\"allowCN\"", ""), (#"{"allowCN":["a"],"allowOU":["b"]}"#, ""),
            (#"{"allowcn":["a"]}"#, "allowcn"), (#"{"allOf":[{"__proto__":["a"]}]}"#, "allOf[0].__proto__"),
            (#"{"allowCN":"a"}"#, "allowCN"), (#"{"allowCN":["a",1]}"#, "allowCN[1]"), (#"{"allowCN":[]}"#, "allowCN"),
            (#"{"allowCN":null}"#, "allowCN"), (#"{"allowIssuer":["O"]}"#, "allowIssuer"),
            (#"{"allowIssuer":{}}"#, "allowIssuer"), (#"{"allowIssuer":{"O":["a"]}}"#, "allowIssuer.O"),
            (#"{"allOf":{"allowCN":["a"]}}"#, "allOf"), (#"{"allOf":[]}"#, "allOf"),
            (#"{"anyOf":[{"allowCN":["a"]},{"allowSAN":[]}]}"#, "anyOf[1].allowSAN"), (#"{"anyOf":[7]}"#, "anyOf[0]"),
            (#"{"allowCA":"root.pem"}"#, "allowCA"), (#"{"allowCA":{}}"#, "allowCA"),
            (#"{"allowCA":{"anchors":["root.pem"],"maxdepth":1}}"#, "allowCA.maxdepth"),
            (#"{"allowCA":{"anchors":["root.pem"],"maxDepth":"1"}}"#, "allowCA.maxDepth"),
            (#"{"allowCA":{"anchors":["root.pem"],"maxDepth":-1}}"#, "allowCA"),
            (#"{"allowCA":{"anchors":["root.pem"],"crls":[]}}"#, "allowCA.crls"),
            (#"{"allowFingerprints":["SHA256:0123456789012345678901234567890123456789"]}"#, "allowFingerprints[0]"),
            (
                #"{"allowFingerprints":["sha-256:01:23:45:67:89:01:23:45:67:89:01:23:45:67:89:01:23:45:67:89"]}"#,
                "allowFingerprints[0]"
            ),
        ]
    )
    func refuses(text: String, place: String) throws {
        let problem = try problem(text)
        #expect(problem?.kind == .invalid && problem?.place == place, "\(String(describing: problem))")
    }

    @Test("Too many rules, and rules that stand too deep, are refused in bounded time")
    func bounded() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: #"{"allOf":["#, count: depth) + #"{"allowCN":["a"]}"#
                + String(repeating: "]}", count: depth)
        }
        #expect(try problem(nested(15)) == nil)
        #expect(try problem(nested(16))?.message.string.contains("16 deep") == true)
        func wide(_ count: Int) -> String {
            #"{"anyOf":["# + Array(repeating: #"{"allowCN":["a"]}"#, count: count).joined(separator: ",") + "]}"
        }
        #expect(try problem(wide(999)) == nil)
        #expect(try problem(wide(1000))?.message.string.contains("1000 rules") == true)
    }

    @Test("Paths are relative to the policy's folder, and a file that is missing is told from one that is wrong")
    func paths() throws {
        func problem(_ path: String) -> PolicyProblem? {
            do throws(PolicyProblem) {
                _ = try Reloading(policyFile: path)
                return nil
            } catch {
                return error
            }
        }
        let fixtures = Self.chains.dropLast("/chains".count) + "/policies"
        #expect(problem("\(fixtures)/by-ca.json") == nil)
        #expect(problem("\(fixtures)/no-anchor.json")?.kind == .missingFile)
        #expect(problem("\(fixtures)/no-anchor.json")?.path == "\(fixtures)/none.pem")
        #expect(problem("\(fixtures)/none.json")?.kind == .missingFile)
        let broken = problem("\(fixtures)/broken.json")
        #expect(broken?.kind == .invalid && broken?.message.string.hasPrefix("line 3, column 5: ") == true)
        #expect(problem("\(fixtures)/latin1.json")?.message == "the file is no UTF-8 text")
        #expect(problem("\(fixtures)")?.kind == .unreadableFile)
    }
}
