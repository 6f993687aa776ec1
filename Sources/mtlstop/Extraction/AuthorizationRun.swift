import AuditEvents
import CertCore
import SafeText

/// Decides about request lines one after the other and counts them.
struct AuthorizationRun {
    /// When validity is judged; nil for the time at which each line is answered.
    let clock: Clock
    private let policy: Reloading<AuthorizationPolicy>
    private let revocations: Reloading<RevocationChecker>?
    /// Lines that held a request, whatever came of it, and lines that could not be read.
    private(set) var requests = 0
    /// Requests that were let in.
    private(set) var succeeded = 0
    /// Whether a line was no JSON object.
    private(set) var hasBadLines = false

    init(clock: Clock, policy: Reloading<AuthorizationPolicy>, revocations: Reloading<RevocationChecker>? = nil) {
        self.clock = clock
        self.policy = policy
        self.revocations = revocations
    }

    /// Looks at the files of the policy again; what there is to tell about that, one line each.
    func refresh(named name: String) -> [SafeText] {
        var told: [SafeText] = []
        switch policy.refresh() {
        case .unchanged: break
        case .replaced:
            told.append("mtlstop: \(name): the policy has changed and is in force")
            told += policy.current.warnings.map { "mtlstop: \(name): warning: \($0)" }
        case .kept(let error):
            told.append("mtlstop: \(SafeText(String(describing: error))) (the former policy stays in force)")
        }
        switch revocations?.refresh() {
        case nil, .unchanged: break
        case .replaced:
            told.append("mtlstop: the revocation lists have changed and are in force")
            told += revocationWarnings
        case .kept(let error):
            told.append("mtlstop: \(SafeText(String(describing: error))) (the former revocation lists stay in force)")
        }
        return told
    }

    /// What there is to tell of revocation lists that are in force all the same, one line each.
    var revocationWarnings: [SafeText] {
        (revocations?.current.warnings(at: clock.now) ?? []).map { "mtlstop: warning: \($0)" }
    }

    /// Answers one line by appending one line; a blank line appends nothing.
    mutating func answer(_ line: LineReader.Line, to writer: inout JSONWriter) async {
        switch RequestLine(line) {
        case .blank: return
        case .bad(let why):
            requests += 1
            hasBadLines = true
            RequestLine.write(error: why, to: &writer)
        case .request(let request):
            requests += 1
            await answer(request, to: &writer)
        }
    }

    /// The line that `--quiet` prints at the end.
    func writeSummary(to writer: inout JSONWriter) {
        RequestLine.writeSummary(requests: requests, succeeded: succeeded, to: &writer)
    }

    private mutating func answer(_ request: ExtractionRequest, to writer: inout JSONWriter) async {
        let now = clock.now
        let extracted: ExtractionResult
        do throws(ConfigurationError) {
            extracted = try request.result(at: now)
        } catch {
            return RequestLine.write(error: error.message, to: &writer)
        }
        let checker = revocations?.current
        let authenticator = ClientCertificateAuthenticator(
            revocations: Self.source(checker),
            authorize: policy.current.callback
        )
        let outcome = await authenticator.authenticate(request.request, extracted: extracted, at: now)
        if outcome.authenticated { succeeded += 1 }
        Self.write(outcome, to: &writer)
    }

    private static func source(_ checker: RevocationChecker?) -> (@Sendable () -> RevocationChecker)? {
        guard let checker else { return nil }
        return { checker }
    }

    private static func write(_ outcome: AuthenticationOutcome, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("authenticated", outcome.authenticated)
        writer.member("status", outcome.status)
        writer.member("message", outcome.message)
        writer.member("reason", outcome.reason?.rawValue)
        writer.member("detail", outcome.detail?.rawValue)
        writer.key("certificate" as StaticString)
        if let certificate = outcome.certificate {
            certificate.writePeerCertificate(to: &writer)
        } else {
            writer.null()
        }
        writer.endObject()
        writer.newline()
    }
}
