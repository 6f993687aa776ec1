public import CertCore

/// What the database knows of other certificates that bears on one.
public struct CertificateKin: Hashable, Sendable {
    /// Other certificates of the same issuer with the same serial number.
    public var sameSerial: [Fingerprint] = []
    /// Subjects of other certificates with the same key.
    public var sameKeySubjects: [String] = []
    /// Earlier certificates of the same subject and issuer with the same key.
    public var earlierWithSameKey: [Fingerprint] = []
    /// Who may have issued it, by name and, where both say so, key identifier.
    public var issuer: ClientCertificate?

    /// Nothing known.
    public init() {}
}
