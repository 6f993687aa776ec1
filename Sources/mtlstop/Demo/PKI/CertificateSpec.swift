/// What a certificate of the demonstration says: names, times and purposes.
struct CertificateSpec: Sendable {
    /// One attribute of the subject, in certificate order.
    struct Attribute: Sendable {
        let name: String
        let value: String
    }

    /// One name of the subjectAltName extension.
    enum AlternativeName: Hashable, Sendable {
        case dns(String)
        case email(String)
        case uri(String)
        case ip([UInt8])
    }

    /// What the certificate is allowed to do.
    enum Role: Hashable, Sendable {
        case authority(pathLength: Int?)
        case client
        case server
    }

    var subject: [Attribute]
    var names: [AlternativeName] = []
    var role: Role = .client
    /// Seconds from now to the first valid moment; negative is the past.
    var validFrom: Int = -30 * CertificateSpec.day
    /// Seconds from now to the last valid moment.
    var validUntil: Int = 335 * CertificateSpec.day
    /// Adds a critical extension that no verifier knows.
    var hasUnknownCriticalExtension = false

    /// The seconds of a day.
    static let day = 86_400

    /// A subject with a common name, a unit and the demonstration's organization.
    init(commonName: String, unit: String? = nil, organization: String = "Example Corp") {
        subject = [Attribute(name: "O", value: organization)]
        if let unit { subject.append(Attribute(name: "OU", value: unit)) }
        subject.append(Attribute(name: "CN", value: commonName))
    }

    /// The same certificate, changed in one place.
    func with(_ change: (inout CertificateSpec) -> Void) -> CertificateSpec {
        var copy = self
        change(&copy)
        return copy
    }
}
