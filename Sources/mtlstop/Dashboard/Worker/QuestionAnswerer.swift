import AuditStore
import CertCore
import SafeText

/// Answers questions from a database; each answer is one short read.
struct QuestionAnswerer: Sendable {
    let reader: AuditReader

    /// Rows that a list of certificates, parties or events shows at most; a filter narrows beyond that.
    static let listLimit = 500
    /// Rows read at most for one answer of a filtered list, so that a filter without hits answers within a second.
    private static let scanLimit = 2_000_000
    /// How far newer events are counted.
    private static let newerLimit = 1000
    /// Connections that view 5 lists.
    private static let reporterLimit = 200

    /// The answer to a question at a time.
    func answer(_ question: Question, now: Timestamp) throws(StoreError) -> Answer {
        switch question {
        case .live(let question): .live(try window(question, now: now))
        case .newer(let id, let filter, let range): .newer(try newer(than: id, filter, range, now))
        case .totals(let range, let filter): .totals(try totals(range, filter, now))
        case .rejections(let range, let filter, let order, let grouping):
            .rejections(try rejections(grouping, range, filter, now).reordered { order.sorted($0) })
        case .parties(let key, let range, let filter, let order):
            .parties(order.sorted(try parties(key, range, filter, now)))
        case .partyEvents(let key, let party, let range, let filter):
            .partyEvents(try events(of: party, key, range, filter, now))
        case .certificates(let order, let filter, let range):
            .certificates(
                try reader.certificates(
                    CertificateQuery(
                        filter: filter,
                        since: range.start(now: now),
                        until: range.end,
                        order: order.certificates,
                        isReversed: order.isReversed,
                        limit: Self.listLimit
                    )
                )
            )
        case .certificate(let name): .certificate(try dossier(name))
        case .event(let id): .event(try reader.event(id: id))
        case .surroundings(let id): .surroundings(try reader.surroundings(ofEvent: id))
        case .expiring(let length, let filter, let order):
            .expiring(order.sorted(try reader.expiring(within: length, now: now, filter: filter)))
        case .expiringSoon: .expiringSoon(try expiringSoon(now))
        case .changes(let length): .changes(try reader.changes(within: length, now: now))
        case .exportTotal(let filter, let range): .exportTotal(try totals(range, filter, now).events)
        case .exportPreview(let preview): .exportPreview(try first(of: preview, now))
        case .find(let question, let filter, let range): .found(try found(question, filter, range, now))
        case .sql(let question): .sql(sql(question))
        case .comparison(let name): .comparison(try comparison(name, now: now))
        case .reporters(let order): .reporters(order.sorted(try reader.reporters(limit: Self.reporterLimit)))
        case .news(let since): .news(try news(since: since, now))
        case .status: .status(try reader.status())
        }
    }

    // MARK: The stream

    private func window(_ question: EventWindowQuestion, now: Timestamp) throws(StoreError) -> EventWindow {
        switch question.anchor {
        case .newest:
            let page = try older(than: question.ceiling.map { $0 + 1 }, question, now)
            return EventWindow(
                rows: page.rows,
                reachedNewest: true,
                reachedOldest: page.reachedEnd,
                isPartial: isCut(page, question)
            )
        case .oldest:
            let page = try newer(than: nil, question, now)
            return EventWindow(
                rows: belowCeiling(page.rows.reversed(), question),
                reachedNewest: page.reachedEnd,
                reachedOldest: true
            )
        case .around(let id): return try window(around: id, question, now)
        case .time(let time): return try window(at: time, question, now)
        case .rejection(let isNewer, let id):
            let target = try rejection(isNewer: isNewer, than: id, question, now)
            var window = try window(around: target ?? id, question, now)
            window.target = target
            return window
        }
    }

    private func window(
        around id: Int64,
        _ question: EventWindowQuestion,
        _ now: Timestamp
    ) throws(StoreError) -> EventWindow {
        let newer = try newer(than: id, question, now)
        let older = try older(than: id + 1, question, now)
        return EventWindow(
            rows: belowCeiling(newer.rows.reversed(), question) + older.rows,
            reachedNewest: newer.reachedEnd,
            reachedOldest: older.reachedEnd,
            isPartial: isCut(older, question)
        )
    }

    /// The rows around a time: segments know their times, so one segment at most is looked through.
    private func window(
        at time: Timestamp,
        _ question: EventWindowQuestion,
        _ now: Timestamp
    ) throws(StoreError) -> EventWindow {
        let after = time.advanced(byMilliseconds: 1)
        var found = try reader.events(EventQuery(until: after, order: .newestFirst, limit: 1)).rows.first
        if found == nil { found = try reader.events(EventQuery(order: .oldestFirst, limit: 1)).rows.first }
        var window = try window(around: found?.id ?? 0, question, now)
        window.target = found?.id
        return window
    }

    /// The nearest rejection that the list would show above or below an event.
    private func rejection(
        isNewer: Bool,
        than id: Int64,
        _ question: EventWindowQuestion,
        _ now: Timestamp
    ) throws(StoreError) -> Int64? {
        let rejected = try? AuditFilter(parsing: "outcome:rej", now: now)
        let query = EventQuery(
            filter: rejected.map { question.filter?.joined(with: $0) ?? $0 },
            since: question.range.start(now: now),
            until: question.range.end,
            before: isNewer ? question.ceiling.map { $0 + 1 } : id,
            after: isNewer ? id : nil,
            order: isNewer ? .oldestFirst : .newestFirst,
            limit: 1,
            scanLimit: Self.scanLimit
        )
        return try reader.events(query).rows.first?.id
    }

    private func isCut(_ page: EventPage, _ question: EventWindowQuestion) -> Bool {
        !page.reachedEnd && page.rows.count < question.reach
    }

    private func belowCeiling(_ rows: [EventRow], _ question: EventWindowQuestion) -> [EventRow] {
        guard let ceiling = question.ceiling else { return rows }
        return rows.filter { $0.id <= ceiling }
    }

    private func older(
        than id: Int64?,
        _ question: EventWindowQuestion,
        _ now: Timestamp
    ) throws(StoreError) -> EventPage {
        try reader.events(
            EventQuery(
                filter: question.filter,
                since: question.range.start(now: now),
                until: question.range.end,
                before: id,
                order: .newestFirst,
                limit: question.reach,
                scanLimit: Self.scanLimit
            )
        )
    }

    private func newer(
        than id: Int64?,
        _ question: EventWindowQuestion,
        _ now: Timestamp
    ) throws(StoreError) -> EventPage {
        try reader.events(
            EventQuery(
                filter: question.filter,
                since: question.range.start(now: now),
                until: question.range.end,
                after: id,
                order: .oldestFirst,
                limit: question.reach,
                scanLimit: Self.scanLimit
            )
        )
    }

    private func newer(
        than id: Int64,
        _ filter: AuditFilter?,
        _ range: TimeRange,
        _ now: Timestamp
    ) throws(StoreError) -> NewerCount {
        let status = try reader.status()
        let after = (status.lastEventID ?? id) - id
        if filter == nil, range.end == nil { return NewerCount(count: Int(max(0, after)), hasMore: false) }
        let page = try reader.events(
            EventQuery(
                filter: filter,
                since: range.start(now: now),
                until: range.end,
                after: id,
                order: .oldestFirst,
                limit: Self.newerLimit,
                scanLimit: Self.scanLimit
            )
        )
        return NewerCount(count: page.rows.count, hasMore: !page.reachedEnd)
    }

    /// The next event that holds a text, towards older or newer ones.
    private func found(
        _ question: FindQuestion,
        _ filter: AuditFilter?,
        _ range: TimeRange,
        _ now: Timestamp
    ) throws(StoreError) -> FoundEvent {
        let wanted = FilterText.anywhere(question.text)
        guard let text = try? AuditFilter(parsing: wanted, now: now) else { return FoundEvent() }
        let page = try reader.events(
            EventQuery(
                filter: filter?.joined(with: text) ?? text,
                since: range.start(now: now),
                before: question.isDown ? question.from : nil,
                after: question.isDown ? nil : question.from,
                order: question.isDown ? .newestFirst : .oldestFirst,
                limit: 1,
                scanLimit: Self.scanLimit
            )
        )
        let resume = page.rows.isEmpty && !page.reachedEnd ? page.resumeID : nil
        return FoundEvent(id: page.rows.first?.id, resume: resume)
    }

    // MARK: Sums

    private func first(of preview: ExportPreview, _ now: Timestamp) throws(StoreError) -> [SafeText] {
        do {
            return try preview.lines(reader, now: now)
        } catch let error as StoreError {
            throw error
        } catch {
            return ["no preview: \(String(describing: error))"]
        }
    }

    private func totals(
        _ range: TimeRange,
        _ filter: AuditFilter?,
        _ now: Timestamp
    ) throws(StoreError) -> TrafficTotals {
        try reader.totals(since: range.start(now: now), until: range.end, buckets: 60, filter: filter)
    }

    private func expiringSoon(_ now: Timestamp) throws(StoreError) -> Int {
        try reader.countExpiringInUse(now: now)
    }

    private func news(since: Timestamp, _ now: Timestamp) throws(StoreError) -> NewsSince {
        let totals = try reader.totals(since: since, until: nil, buckets: 1, filter: nil)
        let histogram = try reader.rejections(since: since, until: nil, filter: nil, now: now)
        return NewsSince(
            events: totals.events,
            rejected: totals.rejected,
            certificates: totals.newCertificates,
            reasons: histogram.previousTotal == 0 ? 0 : histogram.groups.count { $0.previousCount == 0 }
        )
    }

    // MARK: Rejections

    private func rejections(
        _ grouping: RejectionGrouping,
        _ range: TimeRange,
        _ filter: AuditFilter?,
        _ now: Timestamp
    ) throws(StoreError) -> RejectionHistogram {
        try reader.rejections(
            by: grouping,
            since: range.start(now: now),
            until: range.end,
            filter: filter,
            now: now
        )
    }

    private func parties(
        _ trait: RejectionTrait,
        _ range: TimeRange,
        _ filter: AuditFilter?,
        _ now: Timestamp
    ) throws(StoreError) -> [RejectedParty] {
        try reader.rejectedParties(
            trait.reason,
            since: range.start(now: now),
            until: range.end,
            filter: trait.reason == nil ? PartyFilter.filter(trait, filter, now: now) : filter,
            limit: Self.listLimit
        )
    }

    private func events(
        of party: PartyName,
        _ key: RejectionTrait,
        _ range: TimeRange,
        _ filter: AuditFilter?,
        _ now: Timestamp
    ) throws(StoreError) -> EventWindow {
        let joined = PartyFilter.filter(party, key, now: now).map { filter?.joined(with: $0) ?? $0 } ?? filter
        let page = try reader.events(
            EventQuery(
                filter: joined,
                since: range.start(now: now),
                until: range.end,
                order: .newestFirst,
                limit: Self.listLimit,
                scanLimit: Self.scanLimit
            )
        )
        let rows = page.rows.filter { PartyFilter.matches($0, party, key) }
        return EventWindow(rows: rows, reachedNewest: true, reachedOldest: page.reachedEnd)
    }

    // MARK: Certificates

    func dossier(_ name: String) throws(StoreError) -> CertificateDossier? {
        guard let record = try reader.certificate(matching: name) else { return nil }
        let certificate = record.der.flatMap { try? ClientCertificate(der: $0) }
        return CertificateDossier(
            record: record,
            certificate: certificate,
            details: certificate.flatMap { try? $0.details() },
            issuers: record.issuers.compactMap { try? ClientCertificate(der: $0) }
        )
    }
}
