import AuditStore
import CertCore
import SafeText

@testable import mtlstop

/// What happened around the events of the cast.
enum FixtureSurroundings {
    static func of(_ id: Int64) -> EventSurroundings? {
        guard let event = FixtureCast.events.first(where: { $0.id == id }) else { return nil }
        var result = EventSurroundings()
        result.looked = 12_581
        result.since = FixtureCast.now.advanced(byMilliseconds: -3_600_000)
        result.service.accepted = 4310
        result.service.rejected = 49
        result.address.rejected = 42
        result.sameReason.count = 42
        result.sameReason.addresses = 1
        result.sameReason.first = FixtureCast.now.advanced(byMilliseconds: -1_200_000)
        result.sameReason.since.accepted = 900
        if event.certificate?.id == FixtureCast.batch.id { result.siblings = [renewal] }
        return result
    }

    static let renewal = EventSurroundings.Sibling(
        certificate: FixtureCast.certificate(
            15,
            "old-batch-runner",
            issuer: "Corp Intermediate 1",
            start: -22,
            end: 343
        ),
        accepted: 4310,
        rejected: 0,
        lastAccepted: FixtureCast.now.advanced(byMilliseconds: -60_000),
        addresses: ["10.4.9.5"]
    )
}

extension FixtureCast {
    /// The first lines of an export, as csv has them.
    static func preview(_ preview: ExportPreview) -> [SafeText] {
        guard !preview.format.isDocument else { return [] }
        let address = preview.hidden.contains(.ip) ? "" : "10.4.2.17"
        return ["time,outcome,reason,src_ip", "2026-11-23T13:02:17Z,authenticated,,\(SafeText(address))"]
    }
}
