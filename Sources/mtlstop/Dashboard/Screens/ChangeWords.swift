import AuditStore
import CertCore
import SafeText
import Terminal

/// Says changes in people's words.
enum ChangeWords {
    static func title(_ kind: Change.Kind) -> SafeText {
        switch kind {
        case .newReason: "NEW REASON"
        case .newIssuer: "NEW ISSUER"
        case .newRejected: "FIRST SEEN"
        case .expiredInUse: "EXPIRED"
        case .newAddress: "NEW ADDRESS"
        case .rate: "RATE"
        case .renewed: "RENEWED"
        case .silentService: "SILENT"
        case .newService: "NEW SERVICE"
        case .newAccepted: "FIRST SEEN"
        case .gone: "GONE"
        }
    }

    /// As many signs as the weight, so that the column reads without colour.
    static func weight(_ change: Change) -> SafeText {
        SafeText(String(repeating: "+", count: change.kind.weight))
    }

    /// How much more or less; nothing where the two counts are of different places.
    static func difference(_ change: Change) -> SafeText {
        change.kind == .newAddress ? "-" : Figures.change(from: change.before, to: change.now)
    }

    static func role(_ change: Change) -> Role {
        switch change.kind.weight {
        case 5: .critical
        case 4: .rejected
        case 3: .warning
        default: .text
        }
    }

    static func subject(_ change: Change) -> SafeText {
        switch change.subject {
        case .certificate(let certificate): SafeText(certificate.shownName)
        case .certificateAddress(let certificate, let address):
            "\(SafeText(certificate.shownName)) at \(SafeText(address))"
        case .reason(_, let title): SafeText(title)
        case .issuer(let name): SafeText(name)
        case .service(let name): service(name)
        }
    }

    private static func service(_ name: String) -> SafeText { name.isEmpty ? "(no service named)" : SafeText(name) }

    /// The change as a sentence.
    static func sentence(_ change: Change, _ times: TimeWriter) -> SafeText {
        let subject = subject(change)
        let now = Figures.counted(change.now, "event", "events")
        let before = Figures.grouped(change.before)
        let time: SafeText = change.time.map { " \(times.full($0))" } ?? ""
        switch change.kind {
        case .newReason: return "\(subject): \(now), none in the period before; last\(time)"
        case .newIssuer: return "no certificate before named the issuer \(subject); first seen\(time), \(now)"
        case .newRejected: return "\(subject) was first seen\(time) and has never been accepted: \(now)"
        case .expiredInUse: return "\(subject) ended\(time) and is still presented: \(now)"
        case .newAddress: return "seen there since\(time): \(now); at other addresses \(before) before"
        case .rate: return "\(subject): \(now), \(before) in the period before"
        case .renewed: return "\(subject): a new certificate of a known identity, first seen\(time), \(now)"
        case .silentService: return "\(subject) reported \(before) events in the period before and none since"
        case .newService: return "\(subject) has reported \(now) and none in the period before"
        case .newAccepted: return "\(subject) was first seen\(time) and is accepted: \(now)"
        case .gone: return "\(subject) had \(before) events in the period before and none since"
        }
    }

    /// What to do about it.
    static func advice(_ kind: Change.Kind) -> SafeText {
        switch kind {
        case .newReason: "Enter shows who; a reason that begins at once for many is a change at the server"
        case .newIssuer: "was this CA added on purpose? Enter lists its certificates"
        case .newRejected: "Enter shows the certificate; a stranger, or a new client not set up yet"
        case .expiredInUse: "renew it, or reload the client that holds the old one"
        case .newAddress: "a move, a second copy, or a stolen key: ask its owner"
        case .rate: "Enter shows it; compare with what was deployed"
        case .renewed: "see under Expiring how its traffic moves; the old one can go when it is idle"
        case .silentService: "is it down, or does its hook no longer reach the collector? see Sources"
        case .newService: "a new service, or one that was renamed"
        case .newAccepted: "Enter shows the certificate; no action unless nobody expects it"
        case .gone: "retired, or its client is down"
        }
    }
}

extension Change {
    /// The certificate it is about.
    var certificate: CertificateSummary? {
        switch subject {
        case .certificate(let certificate), .certificateAddress(let certificate, _): certificate
        case .reason, .issuer, .service: nil
        }
    }
}
