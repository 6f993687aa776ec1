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
        /// What verifying the certificate again said; -1 when it was not.
        var recovered: Int32 = -1
    }

    /// A verdict's row, and whether verifying the certificate again may say more.
    private struct Answer {
        var verdict: InternedTuple
        var isOpen: Bool
    }

    /// The names a verdict is made of.
    struct Names {
        var reason: Int64
        var authorizationError: Int64
        var source: Int64
    }

    private var answers = GenerationCache<Question, Answer>(limit: 16_384)
    private var last: (question: Question, answer: Answer)?
    private var verdicts: TupleInterner<VerdictKey>
    private var record = LedgerRecord()

    /// Makes a finder for a database whose greatest verdict id is `lastID`.
    init(lastID: Int64) {
        verdicts = TupleInterner(lastID: lastID, isEmpty: false)
    }

    /// Whether verdicts wait for a commit.
    var hasPending: Bool { verdicts.hasPending }

    /// The row of an event's verdict.
    ///
    /// - Parameter recover: Verifies the certificate again; asked for rejections whose reporter could not tell the reason.
    mutating func verdict(
        _ event: ScannedEvent,
        names: Names,
        certificate: CertificateState,
        known: KnownCertificate?,
        time: Int64,
        _ lookups: Lookups,
        recover: (KnownCertificate) throws(StoreError) -> VerificationCode?
    ) throws(StoreError) -> InternedTuple {
        var question = Question(
            outcome: event.outcome.rawValue,
            authorized: ContextKey.truth(event.authorized),
            certificate: certificate.rawValue,
            reason: names.reason,
            authorizationError: names.authorizationError,
            source: names.source
        )
        let told = try answer(question, event, names, known, time, lookups)
        guard told.isOpen, let known, known.hasDER, let code = try recover(known) else { return told.verdict }
        question.recovered = code.rawValue
        return try answer(question, event, names, known, time, lookups).verdict
    }

    private mutating func answer(
        _ question: Question,
        _ event: ScannedEvent,
        _ names: Names,
        _ known: KnownCertificate?,
        _ time: Int64,
        _ lookups: Lookups
    ) throws(StoreError) -> Answer {
        if let last, last.question == question { return last.answer }
        if let answer = answers.value(question) {
            last = (question, answer)
            return answer
        }
        let key = Self.key(event, names: names, question, known: known, time: time)
        var record = record
        let verdict = try verdicts.tuple(key) { (key) throws(StoreError) in
            try lookups.verdict(key)
        } digest: {
            record.verdict(
                key,
                reason: event.bytes(.reason),
                authorizationError: event.bytes(.authorizationError)
            )
        }
        let answer = Answer(verdict: verdict, isOpen: question.recovered < 0 && Self.isOpen(key))
        answers.insert(question, answer)
        last = (question, answer)
        return answer
    }

    /// Whether a rejection was reported without what a certificate could tell.
    private static func isOpen(_ key: VerdictKey) -> Bool {
        let kinds: [RejectionClass] = [.other, .verifyHeader]
        return key.code < 0 && kinds.contains { Int64($0.id) == key.rejectionClass }
    }

    /// Takes out the verdicts that wait.
    mutating func takePending() -> [(id: Int64, key: VerdictKey)] { verdicts.takePending() }

    /// Forgets what was not used lately; called when a batch is durable.
    mutating func age() {
        verdicts.age()
        answers.age()
    }

    private static func key(
        _ event: ScannedEvent,
        names: Names,
        _ question: Question,
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
                hasCertificate: question.certificate != CertificateState.none.rawValue,
                notBefore: known?.notBefore.map { Timestamp(milliseconds: $0) },
                notAfter: known?.notAfter.map { Timestamp(milliseconds: $0) },
                at: Timestamp(milliseconds: time)
            )
        }
        let recovered = question.recovered < 0 ? nil : VerificationCode(rawValue: question.recovered)
        if let recovered, recovered != .ok {
            finding = RejectionFinding(rejectionClass: recovered.rejectionClass, code: recovered)
        }
        key.rejectionClass = finding.map { Int64($0.rejectionClass.id) } ?? 0
        key.code = finding?.code.map { Int64($0.rawValue) } ?? -1
        // A chain that holds here was refused for another reason than its certificates.
        key.verified = recovered.map { $0 == .ok ? 1 : 0 } ?? verified(event, finding)
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
