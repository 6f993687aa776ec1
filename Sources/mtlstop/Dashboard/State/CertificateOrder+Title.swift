import AuditStore
import SafeText

/// The orders of the certificate list.
typealias CertificateOrder = CertificateQuery.Order

extension CertificateQuery.Order {
    /// How the order is called on the screen.
    var title: SafeText {
        switch self {
        case .lastSeen: "last use"
        case .expiry: "expiry"
        case .subject: "subject"
        case .uses: "uses"
        }
    }

    /// The order that `s` turns to.
    var next: CertificateOrder {
        switch self {
        case .lastSeen: .expiry
        case .expiry: .subject
        case .subject: .uses
        case .uses: .lastSeen
        }
    }
}
