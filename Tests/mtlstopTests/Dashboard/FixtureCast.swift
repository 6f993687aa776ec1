import AuditEvents
import AuditStore
import CertCore
import Terminal

@testable import mtlstop

/// The certificates and events that the screens are drawn from; every name and time is fixed.
enum FixtureCast {
    static let now = Timestamp(milliseconds: 1_795_442_537_917)  // 2026-11-23T14:02:17.917Z
    static let day: Int64 = 86_400_000

    static func certificate(
        _ id: Int64,
        _ name: String,
        issuer: String = "Corp Intermediate 2",
        start: Int64 = -60,
        end: Int64 = 120,
        names: [String] = []
    ) -> CertificateSummary {
        let digest = (0..<32).map { UInt8(truncatingIfNeeded: Int(id) * 53 + $0 * 17) }
        return CertificateSummary(
            id: id,
            sha256: Fingerprint(bytes: digest),
            sha1: Fingerprint(bytes: Array(digest.prefix(20))),
            commonName: name,
            subject: "CN=\(name),O=Example Corp,C=DE",
            issuer: "CN=\(issuer),O=Example Corp",
            serial: "4F9A0031C277E1085D1C",
            notBefore: now.advanced(byMilliseconds: start * day),
            notAfter: now.advanced(byMilliseconds: end * day),
            subjectAlternativeNames: names
        )
    }

    static let billing = certificate(1, "svc-billing", end: 2, names: ["DNS:billing.prod.example"])
    static let orders = certificate(2, "svc-orders")
    static let runner = certificate(3, "ci-runner-07", issuer: "CI CA")
    static let gateway = certificate(4, "iot-gw-0031", issuer: "IoT CA 3", end: 5)
    static let batch = certificate(
        5,
        "old-batch-runner",
        issuer: "Corp Intermediate 1",
        start: -455,
        end: -3,
        names: ["DNS:old-batch.prod.example", "DNS:batch.int", "URI:spiffe://prod/ns/batch/sa/runner"]
    )
    static let partner = certificate(6, "partner-acme", issuer: "ACME CA", end: 89)
    static let stranger = certificate(7, "svc-orders", issuer: "Unknown Root", end: 300)
    /// ESC, bidi override, C1 and a wide character in the names.
    static let hostile = certificate(
        8,
        "evil\u{1B}[31mname\u{202E}gpj\u{9B}H",
        issuer: "\u{1B}]0;owned\u{7}",
        names: ["DNS:\u{200B}hidden.example"]
    )
    static let wide = certificate(9, "支払いサービス-東京", issuer: "内部認証局")

    static func event(
        _ id: Int64,
        _ secondsAgo: Int64,
        _ certificate: CertificateSummary?,
        service: String = "edge-1",
        ip: String,
        _ path: String,
        method: String = "GET",
        reason: String? = nil,
        _ rejectionClass: RejectionClass? = nil,
        code: Int32? = nil,
        isFirstSeen: Bool = false
    ) -> EventRow {
        let time = now.advanced(byMilliseconds: -secondsAgo * 1000)
        return EventRow(
            id: id,
            time: time,
            received: time.advanced(byMilliseconds: 3),
            outcome: rejectionClass == nil ? .authenticated : .rejected,
            reason: reason,
            rejectionClass: rejectionClass,
            code: code.map { VerificationCode(rawValue: $0) },
            service: service,
            source: "socket",
            verified: rejectionClass == nil || rejectionClass == .policy,
            method: method,
            path: path,
            ip: ip,
            port: 51_544,
            host: "api.example",
            userAgent: "curl/8.1",
            tlsProtocol: "TLSv1.3",
            cipher: "TLS_AES_128_GCM_SHA256",
            certificate: certificate,
            reporter: Reporter(
                session: 17,
                producer: "0e7c",
                application: "checkout/1.4.2",
                pid: 4711,
                uid: 33,
                gid: 33
            ),
            isFirstSeen: isFirstSeen
        )
    }

    /// One of each kind, newest first.
    private static let kinds: [@Sendable (Int64, Int64) -> EventRow] = [
        { event($0, $1, billing, ip: "10.4.2.17", "/v1/invoices/8812") },
        {
            event(
                $0,
                $1,
                batch,
                service: "edge-2",
                ip: "10.4.9.3",
                "/jobs/claim",
                method: "POST",
                reason: "socket_not_authorized",
                .expired,
                code: 10
            )
        },
        { event($0, $1, orders, ip: "10.4.2.31", "/v1/orders", method: "POST") },
        { event($0, $1, runner, service: "edge-3", ip: "10.7.0.44", "/healthz") },
        {
            event(
                $0,
                $1,
                nil,
                service: "edge-2",
                ip: "203.0.113.9",
                "/admin/export",
                reason: "socket_not_authorized",
                .noCertificate
            )
        },
        { event($0, $1, gateway, service: "edge-4", ip: "2001:db8:4:9::31", "/telemetry", method: "PUT") },
        { event($0, $1, partner, ip: "198.51.100.20", "/v2/feed", reason: "callback_returned_false", .policy) },
        {
            event(
                $0,
                $1,
                hostile,
                service: "edge-2",
                ip: "203.0.113.77",
                "/\u{1B}[2J\u{202E}",
                reason: "socket_not_authorized",
                .unknownIssuer,
                code: 20
            )
        },
        { event($0, $1, wide, service: "支払い", ip: "10.4.2.90", "/v1/東京", isFirstSeen: true) },
        {
            event(
                $0,
                $1,
                partner,
                ip: "198.51.100.20",
                "/v2/feed",
                reason: "tenant 4711 is locked\u{7}",
                .policy
            )
        },
        {
            event(
                $0,
                $1,
                stranger,
                ip: "10.4.2.31",
                "/v1/orders/991",
                reason: "socket_not_authorized",
                .unknownIssuer,
                code: 19
            )
        },
        {
            event(
                $0,
                $1,
                nil,
                service: "edge-2",
                ip: "203.0.113.9",
                "/login",
                reason: "header_missing_or_malformed",
                .header
            )
        },
    ]

    /// Newest first, one a second, ids falling from 1200.
    static let events: [EventRow] = (0..<200).map { index in
        kinds[index % kinds.count](1200 - Int64(index), Int64(index))
    }
}
