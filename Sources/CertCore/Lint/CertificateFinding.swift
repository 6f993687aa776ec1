public import SafeText

/// Something worth knowing about a client certificate.
public struct CertificateFinding: Hashable, Sendable {
    /// How much it matters.
    public enum Severity: String, Comparable, Sendable {
        /// Good to know.
        case info
        /// Will make trouble somewhere.
        case warning
        /// Makes trouble.
        case error

        /// Whether the left one matters less.
        public static func < (left: Severity, right: Severity) -> Bool { left.order < right.order }

        private var order: Int {
            switch self {
            case .info: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// The check's stable name, as in `C01_eku_missing_client_auth`.
    public let id: String
    /// How much it matters.
    public let severity: Severity
    /// One sentence.
    public let message: SafeText
    /// Where the rule stands.
    public let reference: String
    /// The verification codes that it would explain.
    public let explains: [VerificationCode]

    init(
        _ id: String,
        _ severity: Severity,
        _ message: SafeText,
        _ reference: String,
        explains: [Int32] = []
    ) {
        self.id = id
        self.severity = severity
        self.message = message
        self.reference = reference
        self.explains = explains.map(VerificationCode.init(rawValue:))
    }

    /// Writes the finding as a JSON object.
    public func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("severity", severity.rawValue)
        writer.member("message", message.string)
        writer.member("reference", reference)
        writer.key("explains" as StaticString)
        writer.beginArray()
        for code in explains { writer.value(Int(code.rawValue)) }
        writer.endArray()
        writer.endObject()
    }
}
