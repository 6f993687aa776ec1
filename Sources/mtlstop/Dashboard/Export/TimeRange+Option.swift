import CertCore
import SafeText

extension TimeRange {
    /// The range as `--since` takes it: a duration where it is one, so that the line means the same tomorrow.
    func optionText(now: Timestamp) -> String? {
        if case .last(let length) = self { return Self.short(length).string }
        return start(now: now)?.rfc3339
    }
}
