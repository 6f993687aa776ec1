import AuditStore
import SafeText
import Terminal

/// Comparing two certificates or two events.
extension DashboardState {
    mutating func compare() {
        if marks.rows.count == 2, Self.isSameKind(marks.rows[0], marks.rows[1]) {
            open(ComparisonName(left: marks.rows[0], right: marks.rows[1]))
        } else if let certificate = certificateInView {
            open(ComparisonName(left: .certificate(certificate.name), right: nil))
        } else {
            say("D compares a certificate with its renewal, or the two rows that are marked")
        }
    }

    /// Compares what is named: events by their numbers, certificates by their fingerprints.
    mutating func compare(_ left: String, _ right: String) {
        if let left = Int64(left), let right = Int64(right) {
            open(ComparisonName(left: .event(left), right: .event(right)))
        } else if let left = CommandText.fingerprint(left), let right = CommandText.fingerprint(right) {
            open(ComparisonName(left: Self.certificate(left), right: Self.certificate(right)))
        } else {
            say("diff: two numbers of events, or the starts of two fingerprints", role: .warning)
        }
    }

    private static func certificate(_ digits: String) -> MarkedRow {
        .certificate(CertificateName(lookup: digits, title: digits))
    }

    private mutating func open(_ name: ComparisonName) {
        places.append(.comparison(name))
        scroll = 0
    }

    private static func isSameKind(_ left: MarkedRow, _ right: MarkedRow) -> Bool {
        switch (left, right) {
        case (.event, .event), (.certificate, .certificate): true
        default: false
        }
    }

    /// What was compared; nil while it is being read.
    func comparison(_ name: ComparisonName) -> Comparison? {
        guard book.holds(.comparison(name)), case .comparison(let found)? = book.answers[.comparison]?.answer else {
            return nil
        }
        return found
    }
}
