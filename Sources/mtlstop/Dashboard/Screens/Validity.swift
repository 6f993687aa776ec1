import AuditStore
import CertCore
import SafeText
import Terminal

/// Where a certificate stands between its start and its end.
enum Validity {
    /// "89d 12h left", "EXPIRED 3d 04h ago", "valid only in 2h 10m".
    static func words(_ certificate: CertificateSummary, now: Timestamp) -> SafeText {
        words(from: certificate.notBefore, to: certificate.notAfter, now: now)
    }

    static func words(from start: Timestamp?, to end: Timestamp?, now: Timestamp) -> SafeText {
        if let start, start > now { return "valid only in \(TimeWriter.span(start - now))" }
        guard let end else { return "not reported" }
        return end <= now ? "EXPIRED \(TimeWriter.span(now - end)) ago" : "\(TimeWriter.span(end - now)) left"
    }

    /// The lifetime as a bar with `|` at now.
    static func bar(from start: Timestamp, to end: Timestamp, now: Timestamp, width: Int) -> SafeText {
        let inside = max(3, width - 2)
        let lifetime = max(1, end - start)
        let fraction = Double(now - start) / Double(lifetime)
        let place = Int((min(max(fraction, 0), 1) * Double(inside - 1)).rounded())
        let before = String(repeating: "=", count: place)
        let after = String(repeating: ".", count: inside - 1 - place)
        return SafeText("[\(before)|\(after)]")
    }

    /// How loud a level is on the screen.
    static func role(_ level: ExpiryLevel) -> Role {
        switch level {
        case .expired, .imminent, .critical: .critical
        case .warning, .notYetValid: .warning
        case .notice: .mark
        case .ok: .text
        }
    }

    static func role(_ certificate: CertificateSummary, now: Timestamp) -> Role {
        guard let start = certificate.notBefore, let end = certificate.notAfter else { return .dim }
        return role(ExpiryLevel.level(notBefore: start, notAfter: end, at: now))
    }
}
