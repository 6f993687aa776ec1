import CertCore

/// Finds out why a certificate was rejected where the reporter could not tell, by verifying it again.
///
/// Once for a certificate, a part of its validity (before, in, after) and a day; the answers are kept. At most
/// ``burst`` certificates are verified at once and as many a second: a flood of new ones costs a bounded share of the
/// writer's time, and those beyond it stay without a code.
struct Reverifier {
    /// How many certificates are verified a second.
    static let burst = 256

    private struct Question: Hashable {
        let certificate: Int64
        let state: UInt8
        let day: Int64
    }

    /// What is trusted beside what is learned.
    var basis = TrustBasis() {
        didSet { forget() }
    }

    private(set) var book = IssuerBook()
    private var learnedFrom = GenerationCache<Int64, Bool>(limit: 16_384)
    private var answers = GenerationCache<Question, VerificationCode?>(limit: 16_384)
    private var verifier: ChainVerifier?
    private var allowance = Reverifier.burst
    private var lastRefill = ContinuousClock.now

    /// Whether the stored issuers have been read; they are when the first rejection asks.
    var hasRecalled = false

    /// Whether what came along with a certificate has been noted, with as much trust.
    mutating func isNoted(_ certificate: Int64, isTrusted: Bool) -> Bool {
        guard let known = learnedFrom.value(certificate) else { return false }
        return known || !isTrusted
    }

    /// Notes what came along with a certificate.
    mutating func note(_ issuers: [[UInt8]], of certificate: Int64, isTrusted: Bool) {
        learnedFrom.insert(certificate, isTrusted)
        note(issuers, isTrusted: isTrusted)
    }

    /// Notes CAs.
    mutating func note(_ issuers: [[UInt8]], isTrusted: Bool) {
        var isNews = false
        for der in issuers { isNews = book.note(der, isTrusted: isTrusted) || isNews }
        if isNews { forget() }
    }

    /// What verifying a certificate at a moment says; nil when that cannot be told, or not now.
    ///
    /// - Parameters:
    ///   - certificate: Its id.
    ///   - state: Where the moment lies in its validity.
    ///   - time: The moment, in Unix milliseconds.
    ///   - read: Reads the certificate with what came along; asked only when there is no answer yet.
    mutating func code(
        of certificate: Int64,
        state: CertificateState,
        at time: Int64,
        reading read: () throws(StoreError) -> ClientCertificate?
    ) throws(StoreError) -> VerificationCode? {
        let question = Question(certificate: certificate, state: state.rawValue, day: time / 86_400_000)
        if let answer = answers.value(question) { return answer }
        guard isAffordable(), let leaf = try read() else { return nil }
        let answer = verify(leaf, at: Timestamp(milliseconds: time))
        answers.insert(question, answer)
        return answer
    }

    /// Forgets what was not used lately; called between batches.
    mutating func age() {
        answers.age()
        learnedFrom.age()
    }

    private mutating func forget() {
        verifier = nil
        answers = GenerationCache(limit: 16_384)
    }

    private mutating func isAffordable() -> Bool {
        let now = ContinuousClock.now
        if now - lastRefill >= .seconds(1) {
            lastRefill = now
            allowance = Self.burst
        }
        guard allowance > 0 else { return false }
        allowance -= 1
        return true
    }

    private mutating func verify(_ leaf: ClientCertificate, at time: Timestamp) -> VerificationCode? {
        let anchors = basis.anchors + book.trusted
        guard !anchors.isEmpty else { return Self.verifyAlone(leaf, at: time) }
        if verifier == nil { verifier = Self.verifier(anchors) }
        guard
            let verdict = try? verifier?.verify(leaf, intermediates: book.intermediates(of: leaf), at: time)
        else { return nil }
        guard verdict.isTrusted, let revocations = basis.revocations else { return verdict.code }
        // Stored is only what a signature proves: the chain that was built says whose list counts.
        let status = revocations.status(of: leaf, issuers: verdict.chain.dropFirst(), at: time)
        return status == .revoked ? .revoked : verdict.code
    }

    /// Without anybody to trust only what is wrong with the certificate itself can be told.
    private static func verifyAlone(_ leaf: ClientCertificate, at time: Timestamp) -> VerificationCode? {
        guard let verdict = try? verifier([leaf])?.verify(leaf, intermediates: [], at: time) else { return nil }
        if !verdict.isTrusted { return verdict.code }
        return leaf.isSelfIssued ? VerificationCode(rawValue: 18) : nil
    }

    private static func verifier(_ anchors: [ClientCertificate]) -> ChainVerifier? {
        var settings = ChainVerifier.Settings()
        // Clients were accepted below an intermediate whose root nobody ever sent.
        settings.allowsPartialChain = true
        return try? ChainVerifier(anchors: anchors, settings: settings)
    }
}
