import AuditStore
import SafeText

/// The order of a list: by what, and whether the other way round.
struct ListOrder: Hashable, Sendable {
    var key: SortKey
    var isReversed = false

    /// The order a list has until somebody chooses another; nil for lists that stand in the order of time.
    static func usual(of list: ListName) -> ListOrder? {
        list.sortKeys.first.map { ListOrder(key: $0) }
    }

    /// How the order is called on the screen.
    var title: SafeText { isReversed ? "\(key.title), reversed" : key.title }

    /// The order of Certs as the database knows it.
    var certificates: CertificateQuery.Order {
        switch key {
        case .expiry: .expiry
        case .subject: .subject
        case .uses: .uses
        default: .lastSeen
        }
    }

    // MARK: Rows

    /// Reasons, most rejections first unless told otherwise.
    func sorted(_ groups: [RejectionGroup]) -> [RejectionGroup] {
        switch key {
        case .reason: turned(groups.sorted { $0.title < $1.title })
        case .change:
            turned(groups.sorted { $0.count - $0.previousCount > $1.count - $1.previousCount })
        case .last: turned(groups.sorted { $0.last > $1.last })
        default: turned(groups)
        }
    }

    /// Who was rejected, most rejections first unless told otherwise.
    func sorted(_ parties: [RejectedParty]) -> [RejectedParty] {
        switch key {
        case .subject: turned(parties.sorted { Self.name($0.certificate) < Self.name($1.certificate) })
        case .first: turned(parties.sorted { $0.first < $1.first })
        case .last: turned(parties.sorted { $0.last > $1.last })
        default: turned(parties)
        }
    }

    /// What expires, by impact unless told otherwise.
    func sorted(_ rows: [ExpiringCertificate]) -> [ExpiringCertificate] {
        switch key {
        case .expiry: turned(rows.sorted { $0.remaining < $1.remaining })
        case .subject: turned(rows.sorted { Self.name($0.certificate) < Self.name($1.certificate) })
        case .uses: turned(rows.sorted { $0.uses24h > $1.uses24h })
        default: turned(rows)
        }
    }

    /// Who reports, as the connections came unless told otherwise.
    func sorted(_ rows: [ReporterRow]) -> [ReporterRow] {
        switch key {
        case .source: turned(rows.sorted { SourcesScreen.name($0).string < SourcesScreen.name($1).string })
        case .last: turned(rows.sorted { $0.lastEvent ?? $0.started > $1.lastEvent ?? $1.started })
        case .events: turned(rows.sorted { $0.events > $1.events })
        case .rejected: turned(rows.sorted { $0.rejected > $1.rejected })
        case .lost: turned(rows.sorted { $0.lost > $1.lost })
        default: turned(rows)
        }
    }

    private func turned<Row>(_ rows: [Row]) -> [Row] { isReversed ? rows.reversed() : rows }

    private static func name(_ certificate: CertificateSummary?) -> String { certificate?.shownName ?? "" }
}
