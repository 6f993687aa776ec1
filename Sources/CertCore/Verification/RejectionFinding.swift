/// What a rejection was, worked out from all the reporter said and what the certificate itself shows.
public struct RejectionFinding: Hashable, Sendable {
    /// The coarse group.
    public let rejectionClass: RejectionClass

    /// The verification code of libcrypto where one is known.
    public let code: VerificationCode?

    /// Puts a class and a code together.
    public init(rejectionClass: RejectionClass, code: VerificationCode? = nil) {
        self.rejectionClass = rejectionClass
        self.code = code
    }

    private init(_ code: VerificationCode) {
        self.init(rejectionClass: code.rejectionClass, code: code)
    }

    /// Works out what a rejection was.
    ///
    /// - Parameters:
    ///   - reason: The reason code or thrown text of the hook, or the verdict of a proxy.
    ///   - authorizationError: What the TLS layer said: Node's name, an `X509_V_ERR` name, a number or libcrypto's text.
    ///   - hasCertificate: Whether any part of a certificate came along.
    ///   - notBefore: The first moment the certificate is valid, where known.
    ///   - notAfter: The last moment the certificate is valid, where known.
    ///   - time: When the rejection happened.
    public static func find(
        reason: String?,
        authorizationError: String?,
        hasCertificate: Bool,
        notBefore: Timestamp?,
        notAfter: Timestamp?,
        at time: Timestamp
    ) -> RejectionFinding {
        let told = ReportedVerdict(authorizationError)
        func ofSocket() -> RejectionFinding {
            told.finding(hasCertificate: hasCertificate)
                ?? ofValidity(notBefore: notBefore, notAfter: notAfter, at: time)
                ?? RejectionFinding(rejectionClass: told.isUnnamed || hasCertificate ? .other : told.fallback)
        }
        guard let reason, !reason.isEmpty else { return ofSocket() }
        switch reason {
        case "socket_not_authorized":
            return ofSocket()
        case "certificate_not_retrievable":
            return told.finding(hasCertificate: hasCertificate) ?? RejectionFinding(rejectionClass: .other)
        case "header_missing_or_malformed", "lambda_event_missing_clientcert", "lambda_event_clientcert_malformed":
            return RejectionFinding(rejectionClass: .header)
        case "verification_header_mismatch":
            return told.finding(hasCertificate: hasCertificate) ?? RejectionFinding(rejectionClass: .verifyHeader)
        case "certificate_expired": return RejectionFinding(.hasExpired)
        case "certificate_not_yet_valid": return RejectionFinding(.notYetValid)
        case "certificate_revoked": return RejectionFinding(.revoked)
        case "callback_returned_false", "callback_threw": return RejectionFinding(rejectionClass: .policy)
        default:
            // A proxy's verdict may stand in the reason's place; any other text was thrown by the application.
            let verdict = ReportedVerdict(reason)
            return verdict.finding(hasCertificate: hasCertificate)
                ?? (verdict.isOfTransport ? ofSocket() : RejectionFinding(rejectionClass: .policy))
        }
    }

    private static func ofValidity(notBefore: Timestamp?, notAfter: Timestamp?, at time: Timestamp) -> RejectionFinding?
    {
        if let notAfter, time > notAfter { return RejectionFinding(.hasExpired) }
        if let notBefore, time < notBefore { return RejectionFinding(.notYetValid) }
        return nil
    }
}

/// What a TLS layer or a proxy said about a certificate, in whatever form it says such things.
private struct ReportedVerdict {
    private let code: VerificationCode?
    private let text: String

    init(_ text: String?) {
        self.text = text ?? ""
        if let number = Int32(self.text), number >= 0 {
            code = VerificationCode(rawValue: number)
        } else {
            code = VerificationCode(name: self.text) ?? VerificationCode(text: self.text)
        }
    }

    /// Node's word for the codes that it has no name for, and nginx's verdict without a reason.
    var isUnnamed: Bool { code?.rawValue == 1 || text == "FAILED" }

    /// A verdict of the TLS layer that names no code: a handshake that failed, or words of libcrypto not known here.
    var isOfTransport: Bool {
        text == "FAILED" || text.hasPrefix("FAILED:") || fallback == .handshake || text.hasPrefix("CODE_")
    }

    /// What is left when neither a code nor a certificate came along.
    var fallback: RejectionClass {
        text.hasPrefix("ERR_SSL") || text.hasPrefix("ERR_TLS") || text == "ECONNRESET" ? .handshake : .other
    }

    func finding(hasCertificate: Bool) -> RejectionFinding? {
        if text == "NONE" || text == "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE"
            || text == "peer did not return a certificate"
        {
            return RejectionFinding(rejectionClass: .noCertificate)
        }
        guard let code, code != .ok, !isUnnamed else { return nil }
        // Node reports a client that sent nothing as a missing issuer (code 2 with an empty peer certificate).
        if code == .unableToGetIssuer, !hasCertificate { return RejectionFinding(rejectionClass: .noCertificate) }
        return RejectionFinding(rejectionClass: code.rejectionClass, code: code)
    }
}
