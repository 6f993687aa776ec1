/// What an export can leave out of its events.
package enum HiddenField: String, CaseIterable, Hashable, Sendable {
    /// The client's address and port.
    case ip
    /// The client's address, with another one in its place that is the same for the same client within one export.
    case ipHash = "ip-hash"
    /// The query of the request's target.
    case query
    /// All of a distinguished name but its common name.
    case dn

    /// What was done to the events, in people's words.
    package var note: String {
        self == .ipHash ? "client addresses are replaced: \(title)" : "left out: \(title)"
    }

    /// What is missing afterwards, in people's words.
    package var title: String {
        switch self {
        case .ip: "client addresses"
        case .ipHash: "each by one of fd00::/8 that a salted hash gives; the salt is kept nowhere"
        case .query: "query strings"
        case .dn: "all of distinguished names but the common name"
        }
    }
}

/// Leaves fields out of events; remembers the certificates it has cut.
package struct EventCutter: Sendable {
    /// How many cut certificates are kept: a few hundred bytes each.
    private static let most = 10_000

    private let hidden: Set<HiddenField>
    private var pseudonyms = AddressPseudonyms()
    private var cut: [Int64: CertificateSummary] = [:]

    /// Makes a cutter for these fields.
    package init(_ hidden: Set<HiddenField>) {
        self.hidden = hidden
    }

    /// The event without them.
    package mutating func cut(_ event: EventRow) -> EventRow {
        guard !hidden.isEmpty else { return event }
        var event = event
        if hidden.contains(.ip) {
            event.ip = nil
            event.port = nil
        } else if hidden.contains(.ipHash) {
            event.ip = event.ip.map { pseudonyms.address(for: $0) }
            event.port = nil
        }
        if hidden.contains(.query), let path = event.path, let end = path.firstIndex(of: "?") {
            event.path = String(path[..<end])
        }
        if hidden.contains(.dn), let certificate = event.certificate { event.certificate = shortened(certificate) }
        return event
    }

    private mutating func shortened(_ certificate: CertificateSummary) -> CertificateSummary {
        if let known = cut[certificate.id] { return known }
        if cut.count >= Self.most { cut.removeAll() }
        let short = CertificateSummary(
            id: certificate.id,
            sha256: certificate.sha256,
            sha1: certificate.sha1,
            commonName: certificate.commonName,
            subject: DistinguishedNameText.onlyCommonName(of: certificate.subject),
            issuer: DistinguishedNameText.onlyCommonName(of: certificate.issuer),
            serial: certificate.serial,
            notBefore: certificate.notBefore,
            notAfter: certificate.notAfter,
            subjectAlternativeNames: certificate.subjectAlternativeNames
        )
        cut[certificate.id] = short
        return short
    }
}
