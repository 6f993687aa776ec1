import AuditStore
import CertCore
import SafeText

/// The answers, typed.
extension DashboardState {
    var liveWindow: EventWindow? {
        guard case .live(let window)? = book.answers[.live]?.answer else { return nil }
        return window
    }

    var newer: NewerCount? {
        guard case .newer(let count)? = book.answers[.newer]?.answer else { return nil }
        return count
    }

    var totals: TrafficTotals? {
        guard case .totals(let totals)? = book.answers[.totals]?.answer else { return nil }
        return totals
    }

    var histogram: RejectionHistogram? {
        guard let answered = book.answers[.rejections], case .rejections(_, _, _, grouping) = answered.question,
            case .rejections(let histogram) = answered.answer
        else { return nil }
        return histogram
    }

    /// The parties of the group on the screen; nil until they are known.
    var parties: [RejectedParty]? {
        guard let question = partiesQuestion, book.holds(question),
            case .parties(let parties)? = book.answers[.parties]?.answer
        else { return nil }
        return parties
    }

    /// The events of the party on the screen; nil until they are known.
    var partyEvents: [EventRow]? {
        guard let question = partyEventsQuestion, book.holds(question),
            case .partyEvents(let window)? = book.answers[.partyEvents]?.answer
        else { return nil }
        return window.rows
    }

    var certificateList: [CertificateUsage]? {
        guard case .certificates(let list)? = book.answers[.certificates]?.answer else { return nil }
        return list
    }

    /// What Expiring lists; without what has a renewal when that is left out.
    var expiringList: [ExpiringCertificate]? {
        hidesRenewed ? allExpiring?.filter { $0.successor == nil } : allExpiring
    }

    /// All that ends in time, with a renewal or without.
    var allExpiring: [ExpiringCertificate]? {
        guard case .expiring(let list)? = book.answers[.expiring]?.answer else { return nil }
        return list
    }

    /// How many used certificates need attention within 30 days; nil until it is known.
    var expiringSoon: Int? {
        guard case .expiringSoon(let count)? = book.answers[.expiringSoon]?.answer else { return nil }
        return count
    }

    var reporters: [ReporterRow]? {
        guard case .reporters(let rows)? = book.answers[.reporters]?.answer else { return nil }
        return rows
    }

    var changeReport: ChangeReport? {
        guard case .changes(let report)? = book.answers[.changes]?.answer else { return nil }
        return report
    }

    /// How many events the export of the dialog would hold; nil while they are being counted.
    var exportTotal: Int64? {
        guard let plan = exportPlan, book.holds(.exportTotal(plan.filter, range: plan.range)),
            case .exportTotal(let count)? = book.answers[.exportTotal]?.answer
        else { return nil }
        return count
    }

    /// The first lines of the export of the dialog; nil until they are known.
    var exportPreview: [SafeText]? {
        guard let plan = exportPlan, book.holds(.exportPreview(plan.preview)),
            case .exportPreview(let lines)? = book.answers[.exportPreview]?.answer
        else { return nil }
        return lines
    }

    var news: NewsSince? {
        guard case .news(let news)? = book.answers[.news]?.answer else { return nil }
        return news
    }

    var status: StoreStatus? {
        guard case .status(let status)? = book.answers[.status]?.answer else { return nil }
        return status
    }

    /// The file on a certificate; nil while it is being read, `.some(nil)` when there is none.
    func dossier(_ name: CertificateName) -> CertificateDossier?? {
        guard book.holds(.certificate(name.lookup)),
            case .certificate(let dossier)? = book.answers[.certificate]?.answer
        else { return nil }
        return .some(dossier)
    }

    /// What happened around an event; nil until it is known.
    func surroundings(_ id: Int64) -> EventSurroundings? {
        guard book.holds(.surroundings(id)),
            case .surroundings(let found)? = book.answers[.surroundings]?.answer
        else { return nil }
        return found
    }

    /// An event on the screen: from a list that holds it, else from its own question.
    func event(_ id: Int64) -> EventRow? {
        if book.holds(.event(id)), case .event(let row)? = book.answers[.event]?.answer { return row }
        return liveWindow?.rows.first { $0.id == id } ?? partyEvents?.first { $0.id == id }
    }
}
