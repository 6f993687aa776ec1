/// One rule of a policy: a helper and what it is given, as a value that can be compared and read from a file.
public indirect enum AuthorizationRule: Hashable, Sendable {
    /// Files with the CAs of an `allowCA` rule.
    public struct Authorities: Hashable, Sendable {
        /// Files with trusted certificates.
        public var anchors: [String]
        /// Files with revocation lists.
        public var revocationLists: [String]
        /// How many CAs may stand between the certificate and the anchor, 0 to 10.
        public var maximumDepth: Int

        /// Names the files; their paths may be relative to the policy's own.
        public init(anchors: [String], revocationLists: [String] = [], maximumDepth: Int = 10) {
            self.anchors = anchors
            self.revocationLists = revocationLists
            self.maximumDepth = maximumDepth
        }
    }

    /// One of these common names.
    case allowCN([String])
    /// One of these organizational units.
    case allowOU([String])
    /// One of these organizations.
    case allowOrganization([String])
    /// One of these fingerprints.
    case allowFingerprints([String])
    /// An issuer with all of these attributes.
    case allowIssuer([String: String])
    /// A subject with all of these attributes.
    case allowSubject([String: String])
    /// One of these serial numbers.
    case allowSerial([String])
    /// One of these further names.
    case allowSAN([String])
    /// One of these e-mail addresses.
    case allowEmail([String])
    /// One of these SPIFFE identities.
    case allowSPIFFE([String])
    /// A chain up to one of these CAs.
    case allowCA(Authorities)
    /// What every one of these lets in.
    case allOf([AuthorizationRule])
    /// What at least one of these lets in.
    case anyOf([AuthorizationRule])

    /// The helper's name, as it stands in a policy file.
    public var name: String {
        switch self {
        case .allowCN: "allowCN"
        case .allowOU: "allowOU"
        case .allowOrganization: "allowOrganization"
        case .allowFingerprints: "allowFingerprints"
        case .allowIssuer: "allowIssuer"
        case .allowSubject: "allowSubject"
        case .allowSerial: "allowSerial"
        case .allowSAN: "allowSAN"
        case .allowEmail: "allowEmail"
        case .allowSPIFFE: "allowSPIFFE"
        case .allowCA: "allowCA"
        case .allOf: "allOf"
        case .anyOf: "anyOf"
        }
    }

    /// The names of all rules.
    public static let names = [
        "allowCN", "allowOU", "allowOrganization", "allowFingerprints", "allowIssuer", "allowSubject", "allowSerial",
        "allowSAN", "allowEmail", "allowSPIFFE", "allowCA", "allOf", "anyOf",
    ]
}
