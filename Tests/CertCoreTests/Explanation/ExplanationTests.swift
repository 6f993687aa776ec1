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

    /// The rows of the table of reasons: what is asked, and a word of the title that answers.
    static let rows: [(String, String)] = [
        ("NONE", "no certificate"), ("10", "has expired"), ("9", "not yet valid"), ("18", "self-signed"),
        ("19", "unknown root"), ("20", "Nobody trusted"), ("21", "Nobody trusted"), ("2", "issuer of an intermediate"),
        ("7", "signature does not verify"), ("23", "revoked"), ("3", "list is missing"), ("12", "list has expired"),
        ("11", "cannot be used"), ("8", "cannot be used"), ("33", "cannot be used"), ("26", "authenticating clients"),
        ("79", "may not issue"), ("32", "may not issue"), ("25", "More CAs"), ("22", "too long"),
        ("34", "critical extension"), ("47", "may not certify"), ("48", "may not certify"), ("66", "too weak"),
        ("67", "too weak"), ("68", "weak digest"), ("27", "Trust settings"), ("28", "Trust settings"), ("94", "curve"),
        ("73", "status service"), ("74", "status service"), ("75", "status service"),
        ("socket_not_authorized", "did not authorize"), ("certificate_not_retrievable", "can be read"),
        ("header_missing_or_malformed", "header is missing"), ("verification_header_mismatch", "did not verify"),
        ("callback_returned_false", "said no"), ("callback_threw", "failed"), ("certificate_revoked", "revoked"),
        ("certificate_expired", "expired"), ("certificate_not_yet_valid", "not yet valid"),
        ("lambda_event_missing_clientcert", "no client certificate"),
        ("lambda_event_clientcert_malformed", "cannot be read"), ("untrusted_proxy", "no trusted proxy"),
        ("ambiguous_header", "more than once"), ("header_too_large", "too large"),
        ("too_many_certificates", "Too many"), ("identity_mismatch", "contradicts"),
    ]

    @Test("Every row of the table of reasons has its explanation", arguments: ExplanationTests.rows)
    func answersRow(asked: String, title: String) {
        #expect(Explanation.matching(asked).first?.title.contains(title) == true, "\(asked)")
    }

    @Test("An expired issuer is told from an expired certificate by where it was found")
    func depth() {
        let code = VerificationCode.hasExpired
        #expect(Explanation.of(.expired, code: code, reason: nil).title == "The certificate has expired")
        #expect(Explanation.of(.expired, code: code, reason: nil, depth: 0).title == "The certificate has expired")
        let above = Explanation.of(.expired, code: code, reason: nil, depth: 1)
        #expect(above.title == "An issuer above the certificate has expired" && above.owners == [.pki, .server])
        #expect(Explanation.matching("10").map(\.title).contains(above.title))
        #expect(Explanation.matching("26").count == 2)
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

    @Test("Lines of nginx's log and the alerts that clients see lead to their explanations")
    func matchesLines() {
        let expired = [
            "10:certificate has expired", "(10:certificate has expired)",
            "*7 client SSL certificate verify error: (10:certificate has expired) while reading client request headers",
        ]
        for line in expired {
            #expect(Explanation.matching(line).first?.title == "The certificate has expired", "\(line)")
        }
        #expect(Explanation.matching("FAILED").first?.title == "The proxy did not verify the certificate")
        let alerts: [(String, RejectionClass)] = [
            ("tlsv13 alert certificate required", .noCertificate), ("tlsv1 alert unknown ca", .selfSigned),
            ("ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR", .badSignature), ("remote error: tls: bad certificate", .notYetValid),
            ("sslv3 alert certificate revoked", .revoked), ("sslv3 alert unsupported certificate", .badPurpose),
        ]
        for (line, wanted) in alerts {
            #expect(Explanation.matching(line).contains { $0.rejectionClass == wanted }, "\(line)")
        }
        for line in [
            "(9:certificate has expired)", "(x:certificate has expired)", "(10:)", "alert", "unknown", "required",
        ] {
            #expect(Explanation.matching(line).isEmpty, "\(line)")
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
