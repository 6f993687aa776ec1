import AuditStore
import CertCore
import SafeText

/// The state of all certificates in one line, as monitoring plugins print it.
struct ExpiryStatus: Sendable {
    /// 0 ok, 1 warning, 2 critical, 3 unknown.
    let exitCode: Int32
    /// The line.
    let line: SafeText

    /// Asks and judges; what cannot be found out is a state of its own.
    static func find(_ ask: () throws -> [ExpiringCertificate]) -> ExpiryStatus {
        do {
            return ExpiryStatus(try ask())
        } catch let failure as Failure {
            return ExpiryStatus(exitCode: 3, line: SafeText("EXPIRING UNKNOWN - \(failure.what): \(failure.why)"))
        } catch {
            return ExpiryStatus(exitCode: 3, line: SafeText("EXPIRING UNKNOWN - " + String(describing: error)))
        }
    }

    private init(exitCode: Int32, line: SafeText) {
        self.exitCode = exitCode
        self.line = line
    }

    /// Judges a list.
    init(_ list: [ExpiringCertificate]) {
        let severity = list.map(\.severity).max() ?? 0
        let counting = list.filter(\.counts)
        let expired = counting.filter(\.isExpiredInUse).count
        let numbers = ExpiryLevel.allCases.reversed()
            .filter { $0 > .ok && $0 < .expired }
            .map { level in (level.title, counting.filter { $0.level == level }.count) }
        let found = [("expired in use", expired)] + numbers
        let words = found.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
        let worst = list.first { $0.severity > 0 && $0.severity == severity }.map(Self.describe) ?? ""
        let data = found.map { "\($0.0.replacing(" ", with: "_"))=\($0.1)" }.joined(separator: " ")
        let state = ["OK", "WARNING", "CRITICAL"][severity]
        exitCode = Int32(severity)
        line = SafeText("EXPIRING \(state) - \(words.isEmpty ? "nothing ends soon" : words)\(worst) | \(data)")
    }

    private static func describe(_ entry: ExpiringCertificate) -> String {
        let name = entry.certificate.displayName ?? "(unnamed)"
        return "; first \(name.replacing("|", with: "/")) (\(ExpiryTable.remaining(entry.remaining)))"
    }
}
