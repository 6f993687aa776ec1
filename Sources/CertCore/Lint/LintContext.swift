/// What is known about a certificate beside what stands in it; checks that need a fact are left out without it.
public struct LintContext: Hashable, Sendable {
    /// When `expired` and `not yet valid` are judged.
    public var now: Timestamp
    /// When it was used last.
    public var lastUse: Timestamp?
    /// Who issued it; nil for the first certificate that came along, if its name fits.
    public var issuer: ClientCertificate?
    /// Other certificates of the same issuer with the same serial number.
    public var sameSerial: [Fingerprint] = []
    /// Subjects of other certificates with the same key.
    public var sameKeySubjects: [String] = []
    /// Earlier certificates of the same subject with the same key.
    public var earlierWithSameKey: [Fingerprint] = []

    /// Knows only the time.
    public init(now: Timestamp) {
        self.now = now
    }
}

extension ClientCertificate {
    /// The encoded SubjectPublicKeyInfo, which is the same for certificates with the same key.
    package var publicKeyInfo: [UInt8] { (try? content.reopen())?.publicKeyInfo ?? [] }
}
