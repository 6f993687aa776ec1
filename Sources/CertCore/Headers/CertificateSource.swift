/// A proxy that is known: the header it writes, how, and what its verdict looks like.
public struct CertificateSource: Hashable, Sendable {
    /// Whether the proxy has verified the certificate that it forwards.
    public enum Verification: String, Hashable, Sendable {
        /// Always, when the preset's verdict headers agree.
        case yes
        /// Never: anybody can send any certificate through it.
        case no
        /// That is a matter of the proxy's configuration.
        case depends
    }

    /// A header in which the proxy says how the verification went.
    struct Verdict: Hashable, Sendable {
        let header: String
        let value: String
        /// Whether the header must be there; otherwise it must only agree when it is.
        let isRequired: Bool
    }

    /// The name, as in `aws-alb`.
    public let name: String

    /// The header with the certificate, in lower case.
    public let header: String

    /// How the certificate is written.
    public let encoding: HeaderEncoding

    /// The header with the chain, for proxies that have one.
    public let chainHeader: String?

    /// Whether the proxy has verified what it forwards.
    public let proxyVerifies: Verification

    let verdicts: [Verdict]

    /// Whether the leaf header holds a comma list of leaf and chain.
    let listsChainInLeaf: Bool

    /// Whether the leaf's validity is checked unless the options say otherwise.
    let checksValidity: Bool

    init(
        _ name: String,
        _ header: String,
        _ encoding: HeaderEncoding,
        verifies: Verification,
        chainHeader: String? = nil,
        verdicts: [Verdict] = [],
        listsChainInLeaf: Bool = false,
        checksValidity: Bool = false
    ) {
        self.name = name
        self.header = header
        self.encoding = encoding
        self.chainHeader = chainHeader
        proxyVerifies = verifies
        self.verdicts = verdicts
        self.listsChainInLeaf = listsChainInLeaf
        self.checksValidity = checksValidity
    }

    /// Finds a preset by its name; the error's message lists the valid ones.
    public init(named name: String) throws(ConfigurationError) {
        guard let source = Self.all.first(where: { ASCII.same($0.name, name) }) else {
            throw ConfigurationError.unknown("certificateSource", name, valid: Self.all.map(\.name))
        }
        self = source
    }
}
