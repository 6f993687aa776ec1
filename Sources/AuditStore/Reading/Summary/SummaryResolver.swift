import CertCore
import GRDB

/// Gives the numbers of a tally their names.
struct SummaryResolver {
    /// How many certificates lint looks at: 0.15 ms each.
    static let mostLinted = 5000
    /// How many certificates of a finding are named.
    static let examples = 5
    /// How many dormant certificates are listed at most.
    static let mostDormant = 10_000

    let snapshot: Snapshot
    let aliases: CertificateAliases
    let now: Timestamp

    /// Writes what a tally found into a summary.
    func resolve(_ tally: SummaryTally, into summary: inout AuditSummary) throws {
        let assembler = EventAssembler(snapshot.db)
        summary.totals = tally.totals
        summary.ids = tally.firstID.map { $0...tally.lastID }
        if tally.firstID != nil { summary.times = Self.times(tally.first, tally.last) }
        summary.anonymous = tally.anonymous
        summary.repaired = tally.repaired
        summary.services = try named(tally.contexts) { try assembler.context($0).service }
        summary.sources = try named(tally.contexts) { try assembler.context($0).source }
        summary.reasons = try reasons(tally.verdicts, assembler)
        summary.rejections = try tally.newestRejections.map { try assembler.row($0) }
        summary.certificates = try certificates(tally, assembler)
        summary.identities = try identities(summary.certificates)
        try lint(summary.certificates, into: &summary)
    }

    private static func times(_ first: Int64, _ last: Int64) -> ClosedRange<Timestamp> {
        Timestamp(milliseconds: min(first, last))...Timestamp(milliseconds: max(first, last))
    }

    private func named(
        _ contexts: [Int64: AuditSummary.Count],
        _ name: (Int64) throws -> String?
    ) throws -> [AuditSummary.Named] {
        var sums: [String?: AuditSummary.Count] = [:]
        for (id, count) in contexts { sums[try name(id), default: .init()] += count }
        return sums.map { AuditSummary.Named(name: $0.key, count: $0.value) }
            .sorted { ($0.count.events, $1.name ?? "") > ($1.count.events, $0.name ?? "") }
    }

    private func reasons(
        _ verdicts: [Int64: SummaryTally.Verdict],
        _ assembler: EventAssembler
    ) throws -> [ReasonUse] {
        var groups: [RejectionGroupKey: ReasonUse] = [:]
        for (id, sum) in verdicts.sorted(by: { $0.key < $1.key }) {
            let verdict = try assembler.verdict(id)
            let key = verdict.groupKey
            let times = Self.times(sum.first, sum.last)
            if let known = groups[key] {
                groups[key]?.count += sum.count
                groups[key]?.times =
                    min(known.times.lowerBound, times.lowerBound)...max(known.times.upperBound, times.upperBound)
            } else {
                groups[key] = ReasonUse(
                    key: key,
                    title: key.title,
                    explanation: .of(key.rejectionClass, code: verdict.code, reason: verdict.reason),
                    count: sum.count,
                    times: times
                )
            }
        }
        return groups.values.sorted { ($0.count, $1.title) > ($1.count, $0.title) }
    }

    private func certificates(_ tally: SummaryTally, _ assembler: EventAssembler) throws -> [CertificateActivity] {
        try tally.places.map { id, place in
            let use = tally.uses[place]
            return CertificateActivity(
                certificate: try assembler.summary(id),
                count: use.count,
                times: Self.times(use.first, use.last),
                addresses: use.addresses.count,
                isFirstSeen: use.isFirstSeen,
                acceptedOutside: use.acceptedOutside,
                outside: use.acceptedOutside > 0 ? Self.times(use.firstOutside, use.lastOutside) : nil
            )
        }
        .sorted { ($0.count.events, $1.certificate.id) > ($1.count.events, $0.certificate.id) }
    }
}

// MARK: Identities

extension SummaryResolver {
    private func identities(_ uses: [CertificateActivity]) throws -> [IdentityActivity] {
        let statement = try snapshot.db.makeStatement(sql: "SELECT identity_key FROM cert WHERE id = ?")
        var places: [String: Int] = [:]
        var identities: [IdentityActivity] = []
        for use in uses {
            let row = try Row.fetchOne(statement, arguments: [use.certificate.id])
            let key = row.flatMap { String.fromDatabaseValue($0[0]) } ?? "#\(use.certificate.id)"
            if let place = places[key] {
                identities[place].add(use)
            } else {
                places[key] = identities.count
                identities.append(
                    IdentityActivity(certificate: use.certificate, certificates: 1, count: use.count, times: use.times)
                )
            }
        }
        return identities.sorted { ($0.count.events, $1.certificate.id) > ($1.count.events, $0.certificate.id) }
    }

    /// Certificates of the whole log that were let in, are valid now and have gone quiet.
    func dormant() throws -> [CertificateUsage] {
        let assembler = EventAssembler(snapshot.db)
        let quiet = try CertificateTotals(snapshot).all(aliases).filter { _, total in
            total.accepted > 0 && ExpiryJudge.isDormant(total, now: now)
        }
        let usages = try quiet.map { id, total in total.usage(try assembler.summary(id)) }
        return
            usages
            .filter { ($0.certificate.notAfter ?? .init(milliseconds: .max)) > now }
            .sorted { ($0.lastSeen ?? now, $0.id) < ($1.lastSeen ?? now, $1.id) }
            .prefix(Self.mostDormant).map { $0 }
    }
}

extension IdentityActivity {
    fileprivate mutating func add(_ use: CertificateActivity) {
        certificates += 1
        count += use.count
        times =
            min(times.lowerBound, use.times.lowerBound)...max(times.upperBound, use.times.upperBound)
        let never = Timestamp(milliseconds: .min)
        if (use.certificate.notAfter ?? never) > (certificate.notAfter ?? never) { certificate = use.certificate }
    }
}

// MARK: Lint

extension SummaryResolver {
    private func lint(_ uses: [CertificateActivity], into summary: inout AuditSummary) throws {
        let accepted = uses.filter { $0.count.accepted > 0 }
        var found: [String: FindingUse] = [:]
        for use in accepted.prefix(Self.mostLinted) {
            try snapshot.checkpoint()
            guard let der = try snapshot.der(of: use.certificate.id),
                let certificate = try? ClientCertificate(der: der)
            else { continue }
            summary.lintedCertificates += 1
            for finding in certificate.findings(at: now) { Self.add(finding, use, to: &found) }
        }
        summary.unlintedCertificates = accepted.count - summary.lintedCertificates
        summary.findings = found.values.sorted {
            ($0.finding.severity, $0.accepted, $1.finding.id) > ($1.finding.severity, $1.accepted, $0.finding.id)
        }
    }

    private static func add(
        _ finding: CertificateFinding,
        _ use: CertificateActivity,
        to found: inout [String: FindingUse]
    ) {
        var entry =
            found[finding.id] ?? FindingUse(finding: finding, certificates: 0, accepted: 0, examples: [])
        entry.certificates += 1
        entry.accepted += use.count.accepted
        if entry.examples.count < examples { entry.examples.append(use.certificate) }
        found[finding.id] = entry
    }
}
