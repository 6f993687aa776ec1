import AuditEvents
import AuditStore
import CertCore

@testable import mtlstop

/// Answers to every question, made from the cast.
enum FixtureAnswers {
    static func answer(_ question: Question) -> Answer {
        switch question {
        case .live(let question): .live(window(question))
        case .newer: .newer(NewerCount(count: 37, hasMore: false))
        case .totals: .totals(totals)
        case .rejections(_, _, _, let grouping): .rejections(grouping == .reason ? histogram : grouped(grouping))
        case .parties(let key, _, _, _): .parties(parties(key))
        case .partyEvents(let key, let party, _, _):
            .partyEvents(
                EventWindow(
                    rows: FixtureCast.events.filter { PartyFilter.matches($0, party, key) },
                    reachedNewest: true,
                    reachedOldest: true
                )
            )
        case .certificates: .certificates(usages)
        case .certificate(let name): .certificate(dossier(name))
        case .event(let id): .event(FixtureCast.events.first { $0.id == id })
        case .surroundings(let id): .surroundings(FixtureSurroundings.of(id))
        case .expiring: .expiring(expiring)
        case .expiringSoon: .expiringSoon(2)
        case .reporters: .reporters(reporters)
        case .changes: .changes(FixtureChanges.report)
        case .sql: .sql(.found(FixtureComparison.rows))
        case .comparison(let name): .comparison(FixtureComparison.of(name))
        case .find: .found(FoundEvent(id: 1190))
        case .exportTotal: .exportTotal(12_581)
        case .exportPreview(let preview): .exportPreview(FixtureCast.preview(preview))
        case .news: .news(NewsSince(events: 12_480, rejected: 101, certificates: 2, reasons: 1))
        case .status: .status(status)
        }
    }

    private static func window(_ question: EventWindowQuestion) -> EventWindow {
        var rows = FixtureCast.events.filter { $0.id <= question.ceiling ?? .max }
        if question.filter != nil { rows = rows.filter { $0.outcome == .rejected } }
        switch question.anchor {
        case .newest:
            return EventWindow(
                rows: Array(rows.prefix(question.reach)),
                reachedNewest: true,
                reachedOldest: rows.count <= question.reach
            )
        case .oldest:
            return EventWindow(
                rows: Array(rows.suffix(question.reach)),
                reachedNewest: rows.count <= question.reach,
                reachedOldest: true
            )
        case .time(let time):
            let target = rows.first { $0.time <= time } ?? rows.last
            var jump = question
            jump.anchor = .around(target?.id ?? 0)
            var window = window(jump)
            window.target = target?.id
            return window
        case .rejection(let isNewer, let id):
            let rejected = rows.filter { $0.outcome == .rejected }
            let target = isNewer ? rejected.last { $0.id > id } : rejected.first { $0.id < id }
            var jump = question
            jump.anchor = .around(target?.id ?? id)
            var window = window(jump)
            window.target = target?.id
            return window
        case .around(let id):
            let newer = rows.filter { $0.id > id }.suffix(question.reach)
            let older = rows.filter { $0.id <= id }.prefix(question.reach)
            return EventWindow(
                rows: Array(newer + older),
                reachedNewest: newer.first?.id == rows.first?.id || newer.isEmpty,
                reachedOldest: older.last?.id == rows.last?.id
            )
        }
    }

    static let totals = TrafficTotals(
        accepted: 12_480,
        rejected: 101,
        buckets: (0..<60).map { index in
            TrafficBucket(
                start: FixtureCast.now.advanced(byMilliseconds: Int64(index - 60) * 60_000),
                accepted: 208,
                rejected: Int64(index == 41 ? 22 : index % 3)
            )
        },
        newCertificates: 2
    )

    static let histogram = RejectionHistogram(
        total: 101,
        previousTotal: 64,
        subjects: 7,
        addresses: 12,
        groups: [
            group(.policy, "callback_returned_false", "denied by policy", 41, 32),
            group(.expired, nil, "certificate expired", 27, 27),
            group(.header, "header_missing_or_malformed", "header missing or malformed", 22, 0),
            group(.unknownIssuer, nil, "unknown issuer", 6, 0),
            group(.noCertificate, nil, "no certificate", 3, 5),
            group(.policy, "tenant <n> is locked\u{7}", "tenant <n> is locked\u{7}", 2, 0),
        ]
    )

    private static func group(
        _ rejectionClass: RejectionClass,
        _ reason: String?,
        _ title: String,
        _ count: Int64,
        _ before: Int64
    ) -> RejectionGroup {
        RejectionGroup(
            key: .reason(RejectionGroupKey(rejectionClass: rejectionClass, reason: reason)),
            title: title,
            count: count,
            previousCount: before,
            last: FixtureCast.now.advanced(byMilliseconds: -count * 60_000),
            trend: (0..<16).map { ($0 * Int(count)) % 7 }
        )
    }

    /// The rejections of the cast by something else than their reason.
    private static func grouped(_ grouping: RejectionGrouping) -> RejectionHistogram {
        let rows = FixtureCast.events.filter { $0.outcome == .rejected }
        let groups = Dictionary(grouping: rows) { value($0, grouping) }.map { value, rows in
            RejectionGroup(
                key: .value(grouping, value),
                title: value ?? "(none)",
                count: Int64(rows.count),
                previousCount: 1,
                last: rows.map(\.time).max() ?? FixtureCast.now,
                trend: (0..<16).map { ($0 * rows.count) % 5 }
            )
        }
        return RejectionHistogram(
            total: Int64(rows.count),
            previousTotal: 4,
            subjects: 5,
            addresses: 6,
            groups: groups.sorted { ($0.count, $0.title) > ($1.count, $1.title) }
        )
    }

    private static func value(_ row: EventRow, _ grouping: RejectionGrouping) -> String? {
        switch grouping {
        case .reason: row.reason
        case .subject: row.certificate?.commonName
        case .ip: row.ip
        case .service: row.service
        case .issuer: row.certificate?.issuer
        }
    }

    private static func parties(_ trait: RejectionTrait) -> [RejectedParty] {
        var seen: Set<String> = []
        let rows = FixtureCast.events.filter { row in
            guard row.outcome == .rejected else { return false }
            switch trait {
            case .value(let grouping, let value): return Self.value(row, grouping) == value
            case .reason(let key):
                guard row.rejectionClass == key.rejectionClass else { return false }
                let reason = RejectionGroupKey(rejectionClass: key.rejectionClass, reason: row.reason).reason
                return key.reason == nil || reason == key.reason
            }
        }
        return rows.filter { seen.insert($0.certificate?.lookup ?? $0.ip ?? "").inserted }.map { row in
            let count = rows.count { $0.certificate?.id == row.certificate?.id }
            return RejectedParty(
                certificate: row.certificate,
                ip: row.ip,
                count: Int64(count),
                first: FixtureCast.now.advanced(byMilliseconds: -3_600_000),
                last: row.time,
                accepted: row.certificate?.id == FixtureCast.partner.id ? 0 : 4113,
                lastAccepted: nil,
                latest: row.rejectionClass.map { RejectionGroupKey(rejectionClass: $0, reason: row.reason) }
            )
        }
    }

    static let usages: [CertificateUsage] = [
        FixtureCast.billing, FixtureCast.orders, FixtureCast.runner, FixtureCast.gateway, FixtureCast.batch,
        FixtureCast.partner, FixtureCast.stranger, FixtureCast.hostile, FixtureCast.wide,
    ].enumerated().map { index, certificate in
        let isRejected = [5, 6, 7, 8].contains(certificate.id)
        return CertificateUsage(
            certificate: certificate,
            accepted: isRejected && certificate.id != 5 ? 0 : Int64(4310 * (index + 1)),
            rejected: isRejected ? Int64(96 * index) : 0,
            firstSeen: FixtureCast.now.advanced(byMilliseconds: -30 * FixtureCast.day),
            lastSeen: FixtureCast.now.advanced(byMilliseconds: -Int64(index) * 1000),
            lastOutcome: isRejected ? .rejected : .authenticated
        )
    }

    private static func dossier(_ name: String) -> CertificateDossier? {
        guard let usage = usages.first(where: { $0.certificate.lookup == name }) else { return nil }
        let record = CertificateRecord(
            usage: usage,
            days: (0..<30).map { day in
                CertificateRecord.DayUse(
                    day: FixtureCast.now.advanced(byMilliseconds: Int64(day - 29) * FixtureCast.day),
                    accepted: day < 27 ? 150 : 0,
                    rejected: day < 27 ? 0 : 32
                )
            },
            addresses: [
                CertificateRecord.Count(name: "10.4.9.3", count: 41),
                CertificateRecord.Count(name: "10.4.9.4", count: 3),
            ],
            paths: [CertificateRecord.Count(name: "/jobs/claim", count: 40)],
            services: [CertificateRecord.Count(name: "edge-2", count: 44)],
            hours: (0..<24).map { (8...17).contains($0) ? $0 % 5 + 2 : 0 },
            sampledEvents: 44,
            lastRejection: FixtureCast.events.first { $0.certificate?.id == usage.id && $0.outcome == .rejected }
        )
        return CertificateDossier(record: record, certificate: nil, details: nil, issuers: [])
    }

    /// Answers as ever, but the bytes of every certificate are known.
    static func answerWithBytes(_ question: Question) -> Answer {
        guard case .certificate(let answered) = answer(question), let dossier = answered else {
            return answer(question)
        }
        guard let der = GoldenScreens.bytes(GoldenScreens.root + "/fixtures/lint/C01.server-only.der"),
            let certificate = try? ClientCertificate(der: der), let details = try? certificate.details()
        else { return .certificate(nil) }
        return .certificate(
            CertificateDossier(record: dossier.record, certificate: certificate, details: details, issuers: [])
        )
    }

    static let expiring: [ExpiringCertificate] = [
        entry(FixtureCast.batch, .expired, -3, uses: 0, share: 0, rejected: 96, successor: FixtureCast.orders, 0.34),
        entry(FixtureCast.billing, .critical, 2, uses: 88_204, share: 0.31),
        entry(FixtureCast.gateway, .critical, 5, uses: 2880, share: 0.01),
    ]

    private static func entry(
        _ certificate: CertificateSummary,
        _ level: ExpiryLevel,
        _ days: Int64,
        uses: Int64,
        share: Double,
        rejected: Int64 = 0,
        successor: CertificateSummary? = nil,
        _ successorShare: Double = 0
    ) -> ExpiringCertificate {
        ExpiringCertificate(
            certificate: certificate,
            level: level,
            remaining: days * FixtureCast.day,
            uses24h: uses,
            share: share,
            addresses: 3,
            lastSeen: FixtureCast.now.advanced(byMilliseconds: -1000),
            lastOutcome: rejected > 0 ? .rejected : .authenticated,
            rejected24h: rejected,
            acceptedEver: 9000,
            successor: successor,
            successorShare: successorShare
        )
    }

    static let reporters: [ReporterRow] = (1...4).map { number in
        ReporterRow(
            reporter: Reporter(
                session: Int64(number),
                producer: "p\(number)",
                application: "checkout/1.\(number)",
                pid: 4000 + number,
                uid: 33,
                gid: 33
            ),
            started: FixtureCast.now.advanced(byMilliseconds: -7_200_000),
            ended: number == 4 ? FixtureCast.now : nil,
            events: Int64(number) * 3000,
            rejected: Int64(number),
            badLines: number == 2 ? 3 : 0,
            lastEvent: FixtureCast.now,
            service: "edge-\(number)",
            source: "socket",
            lag: 3
        )
    }

    static let status = StoreStatus(
        events: 12_581,
        firstEventID: 1,
        lastEventID: 1237,
        oldest: FixtureCast.now.advanced(byMilliseconds: -30 * FixtureCast.day),
        newest: FixtureCast.now,
        certificates: 9,
        sessions: 4,
        producers: 4,
        badLines: 3,
        lostEvents: 0,
        fileBytes: 5_033_164,
        walBytes: 3_250_585,
        lastReceived: FixtureCast.now,
        derivedUpTo: 1237
    )
}
