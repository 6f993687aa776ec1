import AuditStore
import CertCore
import SafeText

/// All that is known when a rejection is explained.
struct WhyFacts: Sendable {
    let event: EventRow
    /// The certificate's file; nil when there was no certificate, or while it is being read.
    let dossier: CertificateDossier?
    let surroundings: EventSurroundings
    let times: TimeWriter

    var certificate: CertificateSummary? { event.certificate }

    /// Other certificates of the identity that were accepted.
    var acceptedSiblings: [EventSurroundings.Sibling] { surroundings.siblings.filter { $0.accepted > 0 } }

    /// The one that should be in use instead: it ends later, and the latest of those accepted before the others.
    var renewal: EventSurroundings.Sibling? {
        let end = certificate?.notAfter ?? event.time
        let later = surroundings.siblings.filter { ($0.certificate.notAfter ?? end) > end }
        return later.first { $0.accepted > 0 } ?? later.first
    }

    /// True when the service has accepted nobody since this reason began, and the reason is not a single event.
    var allFailSinceFirst: Bool {
        surroundings.sameReason.since.accepted == 0 && surroundings.sameReason.count >= 3
    }

    /// The service by name, for sentences.
    var service: SafeText { event.service.map { SafeText($0) } ?? "this service" }

    /// The client by address, for sentences.
    var address: SafeText { event.ip.map { SafeText($0) } ?? "this client" }

    var issuer: SafeText { certificate?.issuerName.map { SafeText($0) } ?? "its issuer" }

    /// When this reason began at the service.
    var firstTime: SafeText { surroundings.sameReason.first.map { times.full($0) } ?? "then" }
}
