import AuditEvents
import CertCore
import SafeText
import Testing

@testable import mtlstop

@Suite("Explanations")
struct ExplanationPageTests {
    @Test(
        "A number, a name, Node's name, nginx's text and a reason lead to their explanation",
        arguments: [
            ("10", RejectionClass.expired), ("X509_V_ERR_CERT_REVOKED", .revoked), ("CERT_NOT_YET_VALID", .notYetValid),
            ("UNABLE_TO_VERIFY_LEAF_SIGNATURE", .unknownIssuer), ("FAILED:certificate has expired", .expired),
            ("self signed certificate", .selfSigned), ("self-signed certificate", .selfSigned),
            ("callback_returned_false", .policy), ("header_missing_or_malformed", .header), ("NONE", .noCertificate),
        ]
    )
    func found(text: String, expected: RejectionClass) throws {
        let explanation = try #require(Explanation.matching(text).first)
        #expect(explanation.rejectionClass == expected)
    }

    @Test("Every explanation fits 78 columns, says what to do, and names who is to do it")
    func pages() throws {
        for explanation in Explanation.all {
            let page = ExplanationPage(explanation)
            #expect(page.lines.allSatisfy { $0.width <= 78 }, "\(explanation.title)")
            let labels = page.lines.dropFirst().map { $0.string.prefix { $0 != " " } }
            #expect(labels.contains("action") && labels.contains("who"))
            var writer = JSONWriter()
            page.writeJSON(to: &writer)
            let value = try JSONValue(parsing: writer.bytes)
            #expect(value["class"]?.stringValue == explanation.rejectionClass.rawValue)
            #expect(value["codes"]?.elements?.count == explanation.codes.count)
            #expect(value["owners"]?.elements?.isEmpty == false)
        }
    }

    @Test("Something unknown has no explanation", arguments: ["", "  ", "9999", "what?", "x\u{1B}[2J"])
    func unknown(text: String) {
        #expect(Explanation.matching(text).isEmpty)
    }
}
