import CertCore

/// What numbers of the log stand for, as far as it was looked up; shared by the snapshots of one long reading.
///
/// Interned names, contexts and verdicts never change; certificates may (their DER can arrive later), so a new
/// snapshot forgets those. Each table is emptied when it is full: memory is bounded, correctness is not at stake.
final class EventNames {
    /// A certificate and the event it was first seen with.
    struct KnownCertificate {
        var summary: CertificateSummary
        var firstEvent: Int64?
    }

    /// The most entries of each table: 100,000 names of 50 bytes are about 12 MB.
    private static let mostNames = 100_000
    private static let mostTuples = 20_000
    private static let mostCertificates = 10_000

    private(set) var texts = DenseTable<String>(most: mostNames)
    private(set) var contexts = DenseTable<EventContext>(most: mostTuples)
    private(set) var verdicts = DenseTable<EventAssembler.Verdict>(most: mostTuples)
    private(set) var reporters = DenseTable<Reporter>(most: mostTuples)
    private(set) var certificates = DenseTable<KnownCertificate>(most: mostCertificates)

    func keep(_ text: String?, _ id: Int64) { texts[id] = text }
    func keep(_ context: EventContext, _ id: Int64) { contexts[id] = context }
    func keep(_ verdict: EventAssembler.Verdict, _ id: Int64) { verdicts[id] = verdict }
    func keep(_ reporter: Reporter, _ id: Int64) { reporters[id] = reporter }
    func keep(_ certificate: KnownCertificate, _ id: Int64) { certificates[id] = certificate }

    /// Forgets what another snapshot may see differently.
    func forgetCertificates() { certificates.removeAll() }
}
