/// What was repaired, cut or left out of an event that was accepted all the same.
///
/// A stored row has room for eight marks.
package struct EventMarks: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Invalid UTF-8, or a lone surrogate in an escape, became U+FFFD.
    package static let repairedUTF8 = EventMarks(rawValue: 1)
    /// A string was longer than the limit and was cut.
    package static let cutString = EventMarks(rawValue: 2)
    /// A certificate or fingerprint could not be read and was left out.
    package static let badCertificate = EventMarks(rawValue: 4)
    /// A certificate was larger than the limit and was left out.
    package static let certificateTooLarge = EventMarks(rawValue: 8)
    /// More issuer certificates came than are kept.
    package static let cutChain = EventMarks(rawValue: 16)

    /// The code to answer with when the event is stored without its certificate; nil otherwise.
    package var certificateProblem: LineError.Code? {
        if contains(.certificateTooLarge) { return .certTooLarge }
        return contains(.badCertificate) ? .badCert : nil
    }
}
