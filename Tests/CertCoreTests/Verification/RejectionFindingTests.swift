import CertCore
import Testing

@Suite("What a rejection was")
struct RejectionFindingTests {
    struct Case: Sendable, CustomStringConvertible {
        let reason: String?
        let error: String?
        var hasCertificate = true
        let expected: RejectionClass
        var code: Int32?

        var description: String { "\(reason ?? "-") \(error ?? "-") \(hasCertificate)" }
    }

    static let cases: [Case] = [
        .init(reason: "socket_not_authorized", error: "CERT_HAS_EXPIRED", expected: .expired, code: 10),
        .init(reason: "socket_not_authorized", error: "X509_V_ERR_CERT_REVOKED", expected: .revoked, code: 23),
        .init(reason: "socket_not_authorized", error: "UNABLE_TO_GET_ISSUER_CERT", expected: .unknownIssuer, code: 2),
        .init(
            reason: "socket_not_authorized",
            error: "UNABLE_TO_GET_ISSUER_CERT",
            hasCertificate: false,
            expected: .noCertificate
        ),
        .init(reason: "socket_not_authorized", error: "UNSPECIFIED", expected: .other),
        .init(reason: "socket_not_authorized", error: nil, expected: .other),
        .init(reason: "socket_not_authorized", error: nil, hasCertificate: false, expected: .other),
        .init(reason: "socket_not_authorized", error: "self signed certificate", expected: .selfSigned, code: 18),
        .init(
            reason: "socket_not_authorized",
            error: "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE",
            hasCertificate: false,
            expected: .noCertificate
        ),
        .init(
            reason: "socket_not_authorized",
            error: "ERR_SSL_NO_SHARED_CIPHER",
            hasCertificate: false,
            expected: .handshake
        ),
        .init(reason: "header_missing_or_malformed", error: nil, hasCertificate: false, expected: .header),
        .init(reason: "lambda_event_missing_clientcert", error: nil, hasCertificate: false, expected: .header),
        .init(reason: "verification_header_mismatch", error: nil, expected: .verifyHeader),
        .init(
            reason: "verification_header_mismatch",
            error: "FAILED:certificate has expired",
            expected: .expired,
            code: 10
        ),
        .init(reason: "verification_header_mismatch", error: "NONE", hasCertificate: false, expected: .noCertificate),
        .init(reason: "certificate_expired", error: nil, expected: .expired, code: 10),
        .init(reason: "callback_returned_false", error: nil, expected: .policy),
        .init(reason: "Certificate not in allowlist", error: nil, expected: .policy),
        .init(reason: "FAILED:unable to verify the first certificate", error: nil, expected: .unknownIssuer, code: 21),
        .init(reason: nil, error: "23", expected: .revoked, code: 23),
        .init(reason: nil, error: nil, expected: .other),
        .init(reason: "certificate_not_retrievable", error: nil, hasCertificate: false, expected: .other),
    ]

    @Test("Reason, code and certificate together name the class", arguments: cases)
    func finds(item: Case) {
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        let finding = RejectionFinding.find(
            reason: item.reason,
            authorizationError: item.error,
            hasCertificate: item.hasCertificate,
            notBefore: item.hasCertificate ? now.advanced(byMilliseconds: -1000) : nil,
            notAfter: item.hasCertificate ? now.advanced(byMilliseconds: 1000) : nil,
            at: now
        )
        #expect(finding.rejectionClass == item.expected)
        #expect(finding.code?.rawValue == item.code)
    }

    @Test("Without a code the certificate's own dates decide")
    func findsByValidity() {
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        func find(_ notBefore: Int64, _ notAfter: Int64) -> RejectionFinding {
            .find(
                reason: "socket_not_authorized",
                authorizationError: nil,
                hasCertificate: true,
                notBefore: now.advanced(byMilliseconds: notBefore),
                notAfter: now.advanced(byMilliseconds: notAfter),
                at: now
            )
        }
        #expect(find(-2000, -1000) == RejectionFinding(rejectionClass: .expired, code: .hasExpired))
        #expect(find(1000, 2000) == RejectionFinding(rejectionClass: .notYetValid, code: .notYetValid))
        #expect(find(-1000, 0).rejectionClass == .other)
    }
}

@Suite("Verification codes")
struct VerificationCodeTests {
    @Test("Each code is found again by name, with and without prefix, and by text", arguments: VerificationCode.all)
    func roundTrips(code: VerificationCode) {
        #expect(VerificationCode(name: code.name) == code)
        #expect(VerificationCode(name: "X509_V_ERR_" + code.name.lowercased()) == code)
        #expect(VerificationCode(text: code.text)?.text == code.text)
        #expect(VerificationCode(text: "FAILED:" + code.text)?.text == code.text)
    }

    @Test("Node has names for 28 codes")
    func nodeNames() {
        let named = VerificationCode.all.filter { $0.nodeName != "UNSPECIFIED" && $0 != .ok }
        #expect(named.count == 28)
        #expect(VerificationCode(rawValue: 79).nodeName == "INVALID_CA")
        #expect(VerificationCode(rawValue: 47).nodeName == "UNSPECIFIED")
    }

    @Test("Unknown numbers and texts harm nothing")
    func unknown() {
        #expect(VerificationCode(rawValue: 4711).name == "CODE_4711")
        #expect(VerificationCode(rawValue: 4711).rejectionClass == .other)
        #expect(!VerificationCode(rawValue: -1).text.isEmpty)
        #expect(VerificationCode(text: "nonsense") == nil)
        #expect(VerificationCode(name: String(repeating: "x", count: 100_000)) == nil)
    }

    @Test("Both spellings of self-signed are one")
    func selfSigned() {
        #expect(VerificationCode(text: "self signed certificate")?.rawValue == 18)
        #expect(VerificationCode(text: "self-signed certificate in certificate chain")?.rawValue == 19)
    }

    @Test("Classes keep their numbers", arguments: Array(zip(RejectionClass.allCases, 1...17)))
    func ids(item: RejectionClass, id: Int) {
        #expect(item.id == id && RejectionClass(id: id) == item)
        #expect(RejectionClass(id: 0) == nil && RejectionClass(id: 18) == nil)
    }
}
