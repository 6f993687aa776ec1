import AuditEvents
import CertCore

/// Works out and interns what an event's outcome means: the class and code of a rejection, and whether the chain was
/// trusted.
struct VerdictFinder {
    /// All that the answer depends on; the same question has the same answer.
    private struct Question: Hashable {
        var outcome: UInt8
        var authorized: Int8
        var certificate: UInt8
        var reason: Int64
        var authorizationError: Int64
        var source: Int64
    }

    /// The names a verdict is made of.
    struct Names {
        var reason: Int64
        var authorizationError: Int64
        var source: Int64
    }

    private var answers = GenerationCache<Question, Int64>(limit: 16_384)
    private var last: (question: Question, id: Int64)?
    private var verdicts: TupleInterner<VerdictKey>

    /// Makes a finder for a database whose greatest verdict id is `lastID`.
    init(lastID: Int64) {
        verdicts = TupleInterner(lastID: lastID, isEmpty: false)
    }

    /// Whether verdicts wait for a commit.
    var hasPending: Bool { verdicts.hasPending }

    /// The id of an event's verdict.
    mutating func id(
        _ event: ScannedEvent,
        names: Names,
        certificate: CertificateState,
        known: KnownCertificate?,
        time: Int64,
        _ lookups: Lookups
    ) throws(StoreError) -> Int64 {
        let question = Question(
            outcome: event.outcome.rawValue,
            authorized: ContextKey.truth(event.authorized),
            certificate: certificate.rawValue,
            reason: names.reason,
            authorizationError: names.authorizationError,
            source: names.source
        )
        if let last, last.question == question { return last.id }
        var id = answers.value(question)
        if id == nil {
            let key = Self.key(event, names: names, hasCertificate: certificate != .none, known: known, time: time)
            id = try verdicts.id(key) { (key) throws(StoreError) in try lookups.verdict(key) }
            answers.insert(question, id ?? 1)
        }
        last = (question, id ?? 1)
        return id ?? 1
    }

    /// Stores the verdicts that wait; within the batch's transaction.
    func write(_ statements: WriteStatements) throws {
        try verdicts.write { id, key in try statements.write(verdict: id, key) }
    }

    /// Forgets what is stored now, and what was not used lately.
    mutating func committed() {
        verdicts.committed()
        answers.age()
    }

    private static func key(
        _ event: ScannedEvent,
        names: Names,
        hasCertificate: Bool,
        known: KnownCertificate?,
        time: Int64
    ) -> VerdictKey {
        var key = VerdictKey(outcome: Int64(event.outcome.rawValue))
        key.reason = names.reason
        key.authorizationError = names.authorizationError
        var finding: RejectionFinding?
        if event.outcome == .rejected {
            finding = .find(
                reason: event.text(.reason),
                authorizationError: event.text(.authorizationError),
                hasCertificate: hasCertificate,
                notBefore: known?.notBefore.map { Timestamp(milliseconds: $0) },
                notAfter: known?.notAfter.map { Timestamp(milliseconds: $0) },
                at: Timestamp(milliseconds: time)
            )
        }
        key.rejectionClass = finding.map { Int64($0.rejectionClass.id) } ?? 0
        key.code = finding?.code.map { Int64($0.rawValue) } ?? -1
        key.verified = verified(event, finding)
        return key
    }

    /// Whether the TLS layer trusted the chain: 1, 0, or -1 when nobody said so.
    ///
    /// A socket's certificate reaches the application, and its policy, only after the TLS layer accepted it; what a
    /// proxy's header is worth is known only when the reporter says `authorized`.
    private static func verified(_ event: ScannedEvent, _ finding: RejectionFinding?) -> Int64 {
        if let authorized = event.authorized { return authorized ? 1 : 0 }
        if event.bytes(.authorizationError).map({ !$0.isEmpty }) == true { return 0 }
        let isSocket = event.bytes(.source).map { $0.elementsEqual("socket".utf8) } ?? false
        guard isSocket else { return -1 }
        guard let finding else { return 1 }
        return finding.rejectionClass == .policy ? 1 : -1
    }
}

extension ContextKey {
    /// A truth as a small number: 1, 0, or -1 for unknown.
    static func truth(_ value: Bool?) -> Int8 {
        switch value {
        case true?: 1
        case false?: 0
        case nil: -1
        }
    }
}
