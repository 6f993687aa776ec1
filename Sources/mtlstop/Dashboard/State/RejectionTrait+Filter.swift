import AuditStore
import CertCore

extension RejectionTrait {
    /// Exactly the rejections that share it, in the filter language; `outcome:rej` is said elsewhere.
    var condition: String {
        switch self {
        case .reason(let key):
            let condition = "class:\(key.rejectionClass.rawValue)"
            guard key.groupsByReason else { return condition }
            return "\(condition) and \(FilterText.word("template", is: key.reason ?? ""))"
        case .value(let grouping, let value?): return FilterText.word(grouping.filterWord, is: value)
        case .value(let grouping, nil):
            let none = FilterText.word(grouping.filterWord, is: "")
            // A certificate without the name, or no certificate at all.
            return grouping == .subject || grouping == .issuer ? "(\(none) or is:anonymous)" : none
        }
    }
}

extension RejectionGrouping {
    /// The word of the filter language that finds a group.
    var filterWord: String {
        switch self {
        case .subject: "cn"
        case .reason, .ip, .service, .issuer: rawValue
        }
    }
}
