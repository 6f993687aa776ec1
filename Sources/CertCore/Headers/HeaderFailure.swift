/// Why a certificate header gives no certificate.
enum HeaderFailure: Error, Equatable {
    /// Not there.
    case absent
    /// There, and not as its encoding wants it.
    case malformed
    /// There more than once.
    case ambiguous
    /// Longer than the limit.
    case tooLarge
    /// More than ten certificates.
    case tooMany
    /// Two statements of the header contradict each other.
    case mismatch

    /// Our finer code; nil for absent and malformed, which the reason already says.
    var detail: RejectionDetail? {
        switch self {
        case .absent, .malformed: nil
        case .ambiguous: .ambiguousHeader
        case .tooLarge: .headerTooLarge
        case .tooMany: .tooManyCertificates
        case .mismatch: .identityMismatch
        }
    }
}
