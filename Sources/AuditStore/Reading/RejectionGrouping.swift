/// By what rejections are grouped; the raw value is its name in commands and in the session file.
public enum RejectionGrouping: String, CaseIterable, Hashable, Sendable {
    /// What went wrong.
    case reason
    /// The common name of the certificate.
    case subject
    /// The client's address.
    case ip
    /// The application that was asked.
    case service
    /// Who issued the certificate.
    case issuer

    /// What the events of one group are told apart by while they are counted.
    var tallyKey: TallyKey {
        switch self {
        case .reason: .rejection
        case .subject, .issuer: .rejectedCertificate
        case .ip: .rejectedAddress
        case .service: .rejectedContext
        }
    }
}

/// What the rejections of one group share.
public enum RejectionTrait: Hashable, Sendable {
    /// The class, and where that says too little the reported reason.
    case reason(RejectionGroupKey)
    /// The value that they are grouped by; nil for those without one.
    case value(RejectionGrouping, String?)

    /// By what they are grouped.
    public var grouping: RejectionGrouping {
        switch self {
        case .reason: .reason
        case .value(let grouping, _): grouping
        }
    }

    /// What went wrong, where that is what they share.
    public var reason: RejectionGroupKey? {
        if case .reason(let key) = self { key } else { nil }
    }
}

extension EventAssembler {
    /// What a tally of rejections shares, by the key it was counted with.
    func trait(_ key: Int64, of grouping: RejectionGrouping) throws -> RejectionTrait {
        let id = key == 0 ? nil : key
        switch grouping {
        case .reason: return .reason(try verdict(key).groupKey)
        case .subject: return .value(grouping, try id.flatMap { try summary($0).commonName })
        case .issuer: return .value(grouping, try id.flatMap { try summary($0).issuer })
        case .ip: return .value(grouping, try name(id))
        case .service: return .value(grouping, try id.flatMap { try context($0).service })
        }
    }

    /// A trait in people's words.
    func title(_ trait: RejectionTrait, _ key: Int64) throws -> String {
        switch trait {
        case .reason(let key): return key.title
        case .value(.issuer, _?): return try summary(key).issuerName ?? summary(key).issuer ?? "-"
        case .value(_, let value?): return value
        case .value(.subject, nil): return "(no certificate or no name)"
        case .value(.issuer, nil): return "(no certificate or no issuer)"
        case .value(.ip, nil): return "(no address)"
        case .value(.service, nil), .value(.reason, nil): return "(no service named)"
        }
    }
}
