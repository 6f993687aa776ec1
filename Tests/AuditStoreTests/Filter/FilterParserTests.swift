import AuditStore
import CertCore
import TestSupport
import Testing

@Suite("The filter language")
struct FilterParserTests {
    private let now = Timestamp(milliseconds: 1_790_000_000_000)

    @Test(
        "What people write is understood",
        arguments: [
            "", "   ", "outcome:rej", "outcome:ok and not path:/healthz", "svc-billing", "\"not found\"",
            "(reason:expired or class:unknown_issuer) and cn:svc-*", "ip:10.4.0.0/16", "ip:fd00::/8", "ip:10.4.*",
            "expires<30d", "expires:<30d", "expires>=2026-12-01", "since:1h until:now", "id>10 id<=20",
            "fp:AB:CD:ef", "fp:sha256:9f3a", "serial=0A:1B", "code:10", "code:CERT_HAS_EXPIRED",
            "code=X509_V_ERR_CERT_HAS_EXPIRED", "is:new", "!is:anonymous", "not (method:GET or method:HEAD)",
            "cn=\"svc a\"", "path~v1", "service=\"\"", "OUTCOME:REJ", "cn!=svc-a", "path:/a(b)c", "/v1/x?y=1",
        ]
    )
    func understood(_ text: String) throws {
        let filter = try AuditFilter(parsing: text, now: now)
        #expect(filter.text == text)
        #expect(filter.isAll == text.allSatisfy(\.isWhitespace))
    }

    @Test(
        "A mistake is named with its column",
        arguments: [
            ("outcome:maybe", 9, "outcome is ok, authenticated, rej or rejected"),
            ("cn:a and colour:red", 10, "\"colour\" is no filter word"),
            ("(cn:a or cn:b", 1, "this parenthesis has no end"),
            ("cn:a)", 5, "never opened"),
            ("cn:a and", 9, "a condition is missing"),
            ("and cn:a", 1, "a condition is missing before this"),
            ("cn:\"abc", 4, "the quote that starts here has no end"),
            ("expires:<30x", 10, "\"30x\" is no time"),
            ("ip:10.4.0.0/40", 1, "is no network"),
            ("class:cancelled", 7, "class is one of expired"),
            ("since<1h", 1, "since takes :"),
            ("cn<a", 1, "cn takes : (matches)"),
            ("outcome~rej", 1, "outcome takes : or ="),
            ("fp:xyz", 1, "hexadecimal"),
            ("id:abc", 4, "whole number"),
            ("session>3", 1, "session takes : or ="),
            ("is:", 4, "is: takes new, anonymous"),
            ("not", 4, "a condition is missing"),
            ("()", 2, "a condition is missing before this"),
        ]
    )
    func mistake(_ text: String, _ column: Int, _ message: String) throws {
        let error = try #require(throws: FilterError.self) { try AuditFilter(parsing: text, now: now) }
        #expect(error.column == column, "\(error)")
        #expect(error.message.contains(message), "\(error)")
    }

    @Test("Every word's example in the help parses")
    func examples() throws {
        for word in FilterWord.allCases {
            #expect(!word.summary.isEmpty)
            #expect(throws: Never.self) { try AuditFilter(parsing: word.example, now: now) }
        }
    }

    @Test("Joining with everything changes nothing")
    func joining() throws {
        let one = try AuditFilter(parsing: "cn:a", now: now)
        let two = try AuditFilter(parsing: "cn:b or cn:c", now: now)
        #expect(one.joined(with: .all) == one)
        #expect(AuditFilter.all.joined(with: one) == one)
        #expect(one.joined(with: two).text == "(cn:a) and (cn:b or cn:c)")
    }

    @Test("Length, nesting and the number of conditions are bounded")
    func bounds() {
        let long = String(repeating: "a", count: 5000)
        #expect(throws: FilterError.self) { try AuditFilter(parsing: long, now: now) }
        let deep = String(repeating: "(", count: 1000) + "a" + String(repeating: ")", count: 1000)
        #expect(throws: FilterError.self) { try AuditFilter(parsing: deep, now: now) }
        let negated = String(repeating: "!", count: 4000) + "a"
        #expect(throws: FilterError.self) { try AuditFilter(parsing: negated, now: now) }
        let many = String(repeating: "a ", count: 2000)
        #expect(throws: FilterError.self) { try AuditFilter(parsing: many, now: now) }
        let enough = String(repeating: "a ", count: 256)
        #expect(throws: Never.self) { try AuditFilter(parsing: enough, now: now) }
    }

    @Test("Random texts either parse or are refused with a column inside the text", arguments: 0..<20)
    func fuzz(_ round: Int) {
        var generator = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...UInt64.max, using: &generator)
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "outcome", ":", "=", "<", ">", "~", "(", ")", "and", "or", "not", "\"", "\\", "*", "?", " ", "cn", "ip",
            "10.0.0.0/8", "since", "1h", "é", "\u{202e}", "\0", "9999999999999999999", "\u{1F600}", "!", "!=", "<=",
            "fp", "aB", "%", "_", "is", "new", "\u{301}",
        ]
        for _ in 0..<500 {
            let count = Int.random(in: 0...40, using: &random)
            let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
            do throws(FilterError) {
                _ = try AuditFilter(parsing: text, now: now)
            } catch {
                #expect(error.column >= 1 && error.column <= text.count + 1, "seed \(seed): \(text)")
                #expect(!error.message.isEmpty)
            }
        }
    }
}
