package import CertCore

/// Everything a report for people says about the events of a filter and a period, read in one snapshot.
///
/// The parts add up: identities with ``anonymous``, services, sources and the timeline each sum to ``totals``, and
/// the reasons to its rejections.
package struct AuditSummary: Sendable {
    /// Events by how they ended.
    package struct Count: Hashable, Sendable {
        /// Clients let in.
        package var accepted: Int64 = 0
        /// Clients turned away.
        package var rejected: Int64 = 0
        /// Both.
        package var events: Int64 { accepted + rejected }

        /// Makes a count.
        package init(accepted: Int64 = 0, rejected: Int64 = 0) {
            self.accepted = accepted
            self.rejected = rejected
        }

        /// Adds another count.
        package static func += (left: inout Count, right: Count) {
            left.accepted += right.accepted
            left.rejected += right.rejected
        }

        mutating func add(isAccepted: Bool) {
            if isAccepted { accepted += 1 } else { rejected += 1 }
        }
    }

    /// A name and its events.
    package struct Named: Hashable, Sendable {
        /// The name; nil for events that had none.
        package var name: String?
        /// Its events.
        package var count: Count
    }

    /// The time the report is of.
    package var now: Timestamp
    /// What the log holds besides, and what is known to be missing.
    package var completeness = AuditCompleteness()
    /// The events that match.
    package var totals = Count()
    /// Ids of the first and the last of them.
    package var ids: ClosedRange<Int64>?
    /// Earliest and latest time of them.
    package var times: ClosedRange<Timestamp>?
    /// The period in equal slots.
    package var timeline: [TrafficBucket] = []
    /// The length of a slot in milliseconds.
    package var slotLength: Int64 = 0
    /// Events without a certificate.
    package var anonymous = Count()
    /// Events that had to be repaired at intake.
    package var repaired: Int64 = 0
    /// By application, most events first.
    package var services: [Named] = []
    /// By how the certificate was obtained, most events first.
    package var sources: [Named] = []
    /// By identity, most events first.
    package var identities: [IdentityActivity] = []
    /// Every certificate of these events, most events first.
    package var certificates: [CertificateActivity] = []
    /// By reason, most rejections first.
    package var reasons: [ReasonUse] = []
    /// The newest rejections, oldest first.
    package var rejections: [EventRow] = []
    /// What lint finds about certificates that were let in, the gravest first.
    package var findings: [FindingUse] = []
    /// How many certificates were looked at for ``findings``.
    package var lintedCertificates = 0
    /// How many were not: only claims of them are stored, or there were too many.
    package var unlintedCertificates = 0
    /// Certificates of the whole log that were let in once, are valid and have gone quiet; the longest quiet first.
    package var dormant: [CertificateUsage] = []
}

/// What an identity did: its certificates are told apart by issuer and name, and a renewed one counts on.
package struct IdentityActivity: Hashable, Sendable {
    /// The newest of its certificates.
    package var certificate: CertificateSummary
    /// How many certificates it used.
    package var certificates: Int
    /// Its events.
    package var count: AuditSummary.Count
    /// The first and the last of them.
    package var times: ClosedRange<Timestamp>
}

/// What a certificate did.
package struct CertificateActivity: Hashable, Sendable {
    /// The certificate.
    package var certificate: CertificateSummary
    /// Its events.
    package var count: AuditSummary.Count
    /// The first and the last of them.
    package var times: ClosedRange<Timestamp>
    /// From how many addresses it came; ``mostAddresses`` means so many or more.
    package var addresses: Int
    /// True when the first event ever stored with it is among these.
    package var isFirstSeen: Bool
    /// How often it was let in outside its validity.
    package var acceptedOutside: Int64
    /// The first and the last time of that.
    package var outside: ClosedRange<Timestamp>?

    /// The addresses of a certificate are counted up to here.
    package static let mostAddresses = 64
}

/// A group of rejections.
package struct ReasonUse: Hashable, Sendable {
    /// What the group shares.
    package var key: RejectionGroupKey
    /// The group in people's words.
    package var title: String
    /// What it means.
    package var explanation: Explanation
    /// How many.
    package var count: Int64
    /// The first and the last.
    package var times: ClosedRange<Timestamp>
}

/// A lint finding and the certificates it is true of.
package struct FindingUse: Hashable, Sendable {
    /// The finding, as the first of them has it.
    package var finding: CertificateFinding
    /// How many certificates.
    package var certificates: Int
    /// How often those were let in.
    package var accepted: Int64
    /// A few of them, the most used first.
    package var examples: [CertificateSummary]
}
