/// What a rejection means, what usually causes it, and what to do: for people.
public struct Explanation: Hashable, Sendable {
    /// Who can mend it.
    public enum Owner: String, Hashable, Sendable {
        /// Whoever runs the client.
        case client
        /// Whoever issues certificates.
        case pki = "PKI"
        /// Whoever runs the server or the proxy before it.
        case server
    }

    /// A short name, as in `The certificate has expired`.
    public let title: String
    /// What it means, in one or two sentences.
    public let meaning: String
    /// What usually causes it.
    public let cause: String
    /// What to do.
    public let action: String
    /// Who is to do it, the likeliest first.
    public let owners: [Owner]
    /// The verification codes it explains.
    public let codes: [VerificationCode]
    /// The reasons of hooks it explains.
    public let reasons: [String]
    /// The alert a TLS client sees when the server enforces verification; nil where there is none.
    public let alert: String?
    /// The class it belongs to.
    public let rejectionClass: RejectionClass

    init(
        _ title: String,
        _ rejectionClass: RejectionClass,
        codes: [Int32] = [],
        reasons: [String] = [],
        alert: String? = nil,
        owners: [Owner],
        meaning: String,
        cause: String,
        action: String
    ) {
        self.title = title
        self.rejectionClass = rejectionClass
        self.codes = codes.map(VerificationCode.init(rawValue:))
        self.reasons = reasons
        self.alert = alert
        self.owners = owners
        self.meaning = meaning
        self.cause = cause
        self.action = action
    }

    /// The likeliest owner, as `client`, `PKI` or `server`.
    public var owner: String { owners.first?.rawValue ?? "server" }

    /// All explanations: the verification codes first, then the reasons of hooks.
    public static let all: [Explanation] = ofCertificates + ofChains + ofRevocation + ofReasons + ofDetails

    /// The explanation of one rejection; there always is one.
    ///
    /// The code decides, then the reason, then the class.
    ///
    /// - Parameters:
    ///   - rejectionClass: The group of the rejection.
    ///   - code: The verification code, where known.
    ///   - reason: The reason that was reported.
    ///   - depth: Where in the chain the code was found, 0 being the client's certificate; nil when not known.
    public static func of(
        _ rejectionClass: RejectionClass,
        code: VerificationCode?,
        reason: String?,
        depth: Int? = nil
    ) -> Explanation {
        if code == .hasExpired, let depth, depth > 0 { return issuerExpired }
        // Node reports a client that sent nothing as a missing issuer; the class knows better.
        if let code, rejectionClass != .noCertificate, let found = all.first(where: { $0.codes.contains(code) }) {
            return found
        }
        let ofClass = all.first { $0.rejectionClass == rejectionClass }
        if let reason, let found = all.first(where: { $0.reasons.contains(reason) }) {
            // The reason of every TLS refusal is the same: a class says more where there is one.
            return reason == "socket_not_authorized" && rejectionClass != .other ? ofClass ?? found : found
        }
        return ofClass ?? unknown
    }

    /// The explanations that a number, a name, a text of libcrypto or nginx, or a reason asks for; none for words that
    /// nothing here knows.
    public static func matching(_ text: String) -> [Explanation] {
        let wanted = text.trimmingBlanks
        guard !wanted.isEmpty, wanted.utf8.count <= 256 else { return [] }
        let byReason = all.filter { $0.reasons.contains(wanted) }
        if !byReason.isEmpty { return byReason }
        if wanted == "NONE" || wanted == "FAILED:NONE" { return all.filter { $0.rejectionClass == .noCertificate } }
        // nginx before 1.11.7 says no more than that.
        if wanted == "FAILED" { return all.filter { $0.rejectionClass == .verifyHeader } }
        let number = Int32(wanted).map(VerificationCode.init(rawValue:))
        if let code = number ?? VerificationCode(name: wanted) ?? VerificationCode(text: wanted) {
            return ofCode(code)
        }
        if let named = RejectionClass(rawValue: ASCII.lowercased(wanted)) {
            return all.filter { $0.rejectionClass == named }
        }
        return VerificationCode(errorLine: wanted).map(ofCode) ?? ofAlert(in: wanted)
    }

    /// The rows whose client sees an alert that the text names, as TLS libraries and programs write it: `tlsv1 alert
    /// unknown ca`, `remote error: tls: bad certificate`, `ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED`.
    private static func ofAlert(in text: String) -> [Explanation] {
        let letters = ASCII.lowercased(text).utf8.map { (97...122).contains($0) ? $0 : UInt8(ascii: "_") }
        let words = "_\(String(decoding: letters, as: UTF8.self))_"
        return all.filter { explanation in
            explanation.alertNames.contains { words.contains("_\($0)_") }
        }
    }

    /// The names of the alerts, as in `certificate_expired`.
    private var alertNames: [Substring] {
        (alert ?? "").split { !($0.isLowercase || $0 == "_") }.filter { $0.contains("_") }
    }

    /// The rows that name a code; for a code without a row of its own one made from its text.
    private static func ofCode(_ code: VerificationCode) -> [Explanation] {
        let rows = all.filter { $0.codes.contains(code) }
        if !rows.isEmpty { return rows }
        guard VerificationCode.all.contains(code), code != .ok else { return [] }
        return [
            Explanation(
                code.text.prefix(1).uppercased() + code.text.dropFirst(),
                code.rejectionClass,
                codes: [code.rawValue],
                owners: [.pki, .server],
                meaning: "Verification stopped at this point: \(code.text) (\(code.name)).",
                cause: "A rare fault of the chain or of the server's verification settings.",
                action:
                    "Look at each certificate of the chain with `mtlstop certs show`; verify it with the server's own "
                    + "trust bundle."
            )
        ]
    }
}

extension String {
    /// The text without white space at both ends.
    fileprivate var trimmingBlanks: String {
        var result = Substring(self)
        while let first = result.first, first.isWhitespace { result.removeFirst() }
        while let last = result.last, last.isWhitespace { result.removeLast() }
        return String(result)
    }
}
