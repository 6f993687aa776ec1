import SafeText

/// Where a certificate may be taken from, and what must hold for that.
///
/// Without ``certificateSource`` and ``certificateHeader`` headers are never looked at: anybody can send one.
public struct ExtractionOptions: Sendable {
    /// The preset of a known proxy.
    public let certificateSource: CertificateSource?
    /// The header with the certificate; with a preset it replaces only the name.
    public let certificateHeader: String?
    /// How the certificate is written; replaces the preset's.
    public let headerEncoding: HeaderEncoding?
    /// The header with the chain.
    public let chainHeader: String?
    /// Whether the TLS layer is asked when the header gives no certificate.
    public private(set) var fallbackToSocket: Bool
    /// Whether the certificate carries its issuers.
    public let includeChain: Bool
    /// The header with the proxy's verdict.
    public let verifyHeader: String?
    /// What the verdict must be, to the letter.
    public let verifyValue: String?
    /// The peers whose headers are believed; nil when that is not checked.
    public let trustedProxies: [AddressRange]?
    /// Whether a TLS peer certificate wins over headers.
    public let preferSocket: Bool
    /// Which element of an XFCC header counts.
    public let xfccElement: XFCCElementChoice
    /// Whether the leaf must be valid now.
    public let checkValidity: Bool
    /// How far the clocks may be apart when validity is checked.
    public let clockSkewSeconds: Int
    /// Whether the preset's verdict headers must be there, not only agree.
    public let requireProxyVerdict: Bool
    /// The longest header value that is read, in bytes.
    public let maximumHeaderSize: Int
    /// Where decoded header values are remembered; nil when each is decoded anew.
    public let cache: CertificateCache?

    /// Checks options; throws when they contradict each other or would check less than they seem to.
    public init(
        certificateSource: CertificateSource? = nil,
        certificateHeader: String? = nil,
        headerEncoding: HeaderEncoding? = nil,
        chainHeader: String? = nil,
        fallbackToSocket: Bool = false,
        includeChain: Bool = false,
        verifyHeader: String? = nil,
        verifyValue: String? = nil,
        trustedProxies: [AddressRange]? = nil,
        preferSocket: Bool = false,
        xfccElement: XFCCElementChoice = .first,
        checkValidity: Bool? = nil,
        clockSkewSeconds: Int = 60,
        requireProxyVerdict: Bool = false,
        maximumHeaderSize: Int = 65_536,
        cache: CertificateCache? = .shared
    ) throws(ConfigurationError) {
        self.certificateSource = certificateSource
        self.certificateHeader = certificateHeader
        self.headerEncoding = headerEncoding
        self.chainHeader = chainHeader
        self.fallbackToSocket = fallbackToSocket
        self.includeChain = includeChain
        self.verifyHeader = verifyHeader
        self.verifyValue = verifyValue
        self.trustedProxies = trustedProxies
        self.preferSocket = preferSocket
        self.xfccElement = xfccElement
        self.checkValidity = checkValidity ?? certificateSource?.checksValidity ?? false
        self.clockSkewSeconds = clockSkewSeconds
        self.requireProxyVerdict = requireProxyVerdict
        self.maximumHeaderSize = maximumHeaderSize
        self.cache = cache
        try validateHeaders()
        try validateLimits()
    }

    /// The same options for a request without a connection to ask.
    func withoutSocket() -> ExtractionOptions {
        var copy = self
        copy.fallbackToSocket = false
        return copy
    }

    /// The certificate comes from the TLS layer.
    public static let socket = ExtractionOptions(source: nil)

    /// The preset `aws-alb` with what other options say about the chain and the clock.
    static func loadBalancer(like other: ExtractionOptions) -> ExtractionOptions {
        ExtractionOptions(
            source: .awsALB,
            includeChain: other.includeChain,
            checkValidity: true,
            clockSkewSeconds: other.clockSkewSeconds
        )
    }

    private init(
        source: CertificateSource? = nil,
        includeChain: Bool = false,
        checkValidity: Bool = false,
        clockSkewSeconds: Int = 60
    ) {
        certificateSource = source
        certificateHeader = nil
        headerEncoding = nil
        chainHeader = nil
        fallbackToSocket = false
        self.includeChain = includeChain
        verifyHeader = nil
        verifyValue = nil
        trustedProxies = nil
        preferSocket = false
        xfccElement = .first
        self.checkValidity = checkValidity
        self.clockSkewSeconds = clockSkewSeconds
        requireProxyVerdict = false
        maximumHeaderSize = 65_536
        cache = .shared
    }

    private func validateHeaders() throws(ConfigurationError) {
        let names: [(SafeText, String?)] = [
            ("certificateHeader", certificateHeader), ("chainHeader", chainHeader), ("verifyHeader", verifyHeader),
        ]
        for (option, name) in names {
            guard let name else { continue }
            if name.isEmpty { throw ConfigurationError(option + " must not be empty") }
            guard name.utf8.allSatisfy(Self.isToken) else {
                throw ConfigurationError(option + " is no header name: '" + SafeText(name).cut(to: 64) + "'")
            }
        }
        let hasLeafSource = certificateSource != nil || certificateHeader != nil
        if certificateHeader != nil, certificateSource == nil, headerEncoding == nil {
            throw ConfigurationError("certificateHeader needs headerEncoding")
        }
        if headerEncoding != nil, !hasLeafSource {
            throw ConfigurationError("headerEncoding needs certificateHeader or certificateSource")
        }
        if chainHeader != nil, !hasLeafSource {
            throw ConfigurationError("chainHeader needs certificateHeader or certificateSource")
        }
        if (verifyHeader == nil) != (verifyValue == nil) {
            throw ConfigurationError("verifyHeader and verifyValue must be given together")
        }
        if verifyHeader != nil, !hasLeafSource {
            throw ConfigurationError("verifyHeader needs certificateHeader or certificateSource")
        }
    }

    private func validateLimits() throws(ConfigurationError) {
        if let trustedProxies, trustedProxies.isEmpty {
            throw ConfigurationError("trustedProxies must not be empty; leave it out to believe every peer")
        }
        if case .fromRight(let number) = xfccElement, number < 1 {
            throw ConfigurationError("xfccElement must be first, last or a number from 1")
        }
        if clockSkewSeconds < 0 || clockSkewSeconds > 86_400 {
            throw ConfigurationError("clockSkewSeconds must be from 0 to 86400")
        }
        if maximumHeaderSize < 1 || maximumHeaderSize > 1_048_576 {
            throw ConfigurationError("maximumHeaderSize must be from 1 to 1048576")
        }
    }

    /// The token characters of RFC 9110 section 5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 94...122, 124, 126, 33, 35...39, 42, 43, 45, 46: true
        default: false
        }
    }
}
