import CertCore
import Testing

@Suite("Explanations of rejections")
struct ExplanationTests {
    @Test("Every class and code has an explanation with something to do")
    func complete() {
        for rejectionClass in RejectionClass.allCases {
            let explanation = Explanation.of(rejectionClass, code: nil, reason: nil)
            #expect(explanation.rejectionClass == rejectionClass, "\(rejectionClass)")
            #expect(!explanation.action.isEmpty && !explanation.meaning.isEmpty && !explanation.cause.isEmpty)
        }
        for code in VerificationCode.all where code != .ok {
            #expect(!Explanation.matching(String(code.rawValue)).isEmpty, "\(code.name)")
        }
    }

    @Test("A code, its names and its texts lead to the same explanation")
    func matches() {
        let forms = [
            "10", "CERT_HAS_EXPIRED", "X509_V_ERR_CERT_HAS_EXPIRED", "certificate has expired",
            "FAILED:certificate has expired", " certificate has expired ", "expired", "certificate_expired",
        ]
        for form in forms {
            #expect(Explanation.matching(form).first?.title == "The certificate has expired", "\(form)")
        }
        #expect(Explanation.matching("26").count == 2)
        #expect(Explanation.matching("NONE").first?.rejectionClass == .noCertificate)
        #expect(Explanation.matching("socket_not_authorized").count == 1)
        for form in ["", "nonsense", "0", "4711", String(repeating: "x", count: 10_000)] {
            #expect(Explanation.matching(form).isEmpty, "\(form.prefix(10))")
        }
    }

    @Test("A client that sent nothing is not told that an issuer is missing")
    func noCertificate() {
        let explanation = Explanation.of(.noCertificate, code: .unableToGetIssuer, reason: "socket_not_authorized")
        #expect(explanation.title == "The client sent no certificate")
    }

    @Test("The reason of every TLS refusal gives way to the class")
    func classBeforeReason() {
        #expect(Explanation.of(.revoked, code: nil, reason: "socket_not_authorized").rejectionClass == .revoked)
        #expect(Explanation.of(.other, code: nil, reason: "socket_not_authorized").title.hasPrefix("The TLS layer"))
        #expect(Explanation.of(.policy, code: nil, reason: "thrown text").rejectionClass == .policy)
    }
}
