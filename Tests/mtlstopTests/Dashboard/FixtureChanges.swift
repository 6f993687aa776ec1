import AuditStore
import CertCore

/// One change of each kind.
enum FixtureChanges {
    static let report = ChangeReport(
        since: FixtureCast.now.advanced(byMilliseconds: -FixtureCast.day),
        eventsBefore: 281_004,
        events: 290_120,
        changes: [
            change(
                .newReason,
                .reason(
                    RejectionGroupKey(rejectionClass: .header, reason: "header_missing_or_malformed"),
                    "header missing or malformed"
                ),
                0,
                22,
                -240
            ),
            change(.newIssuer, .issuer("CN=Unknown Root,O=Example Corp"), 0, 3, -17_000),
            change(.newRejected, .certificate(FixtureCast.hostile), 0, 16, -3600),
            change(.expiredInUse, .certificate(FixtureCast.batch), 90, 96, -259_200),
            change(.newAddress, .certificateAddress(FixtureCast.runner, "10.7.0.44"), 9100, 20, -9600),
            change(.rate, .certificate(FixtureCast.orders), 13_100, 40_800, nil),
            change(.renewed, .certificate(FixtureCast.orders), 0, 52_300, -43_000),
            change(.silentService, .service("edge-5"), 33_000, 0, nil),
            change(.newService, .service(""), 0, 12, nil),
            change(.newAccepted, .certificate(FixtureCast.wide), 0, 7, -120),
            change(.gone, .certificate(FixtureCast.partner), 412, 0, nil),
        ],
        hasNoPast: false
    )

    private static func change(
        _ kind: Change.Kind,
        _ subject: Change.Subject,
        _ before: Int64,
        _ now: Int64,
        _ seconds: Int64?
    ) -> Change {
        Change(
            kind: kind,
            subject: subject,
            before: before,
            now: now,
            time: seconds.map { FixtureCast.now.advanced(byMilliseconds: $0 * 1000) }
        )
    }
}
