/// Why a line of the intake socket was refused.
///
/// It never carries the line itself: `message` is made of our own words only.
public struct LineError: Error, Hashable, Sendable {
    /// The error code of the wire protocol; codes may be added, never renamed.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code as it is sent: `bad_json`, `dup_key` and so on.
        public let rawValue: String

        /// A code from its text on the wire.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The line is not JSON (RFC 8259).
        public static let badJSON = Code(rawValue: "bad_json")
        /// An object names a key twice.
        public static let dupKey = Code(rawValue: "dup_key")
        /// Objects and arrays are nested too deeply.
        public static let tooDeep = Code(rawValue: "too_deep")
        /// An object has too many keys.
        public static let tooManyKeys = Code(rawValue: "too_many_keys")
        /// The line is longer than the limit; it was skipped.
        public static let lineTooLong = Code(rawValue: "line_too_long")
        /// Too many bytes without a newline; the connection is closed.
        public static let noNewline = Code(rawValue: "no_newline")
        /// The line holds a NUL byte.
        public static let nulByte = Code(rawValue: "nul_byte")
        /// A key that must be there is not.
        public static let missingField = Code(rawValue: "missing_field")
        /// The value of `event` is neither `authenticated` nor `rejected`.
        public static let unknownEvent = Code(rawValue: "unknown_event")
        /// A known key has a value of another type than promised.
        public static let wrongType = Code(rawValue: "wrong_type")
        /// A time cannot be read or is outside of 1970…9999.
        public static let badTime = Code(rawValue: "bad_time")
        /// `seq` is no integer from 1 to 2⁶³-1.
        public static let badSeq = Code(rawValue: "bad_seq")
        /// The first line is a malformed hello.
        public static let badHello = Code(rawValue: "bad_hello")
        /// The hello names a version of the protocol that is not spoken here.
        public static let unknownVersion = Code(rawValue: "unknown_version")
        /// A frame of the octet counted form is malformed.
        public static let badFrame = Code(rawValue: "bad_frame")
        /// The first byte belongs to no protocol known here; the connection is closed.
        public static let unknownProtocol = Code(rawValue: "unknown_protocol")
        /// The sender may not write here; the connection is closed.
        public static let notAllowed = Code(rawValue: "not_allowed")
        /// A datagram was longer than the longest that is read; its end is lost.
        public static let truncated = Code(rawValue: "truncated")
        /// A newer connection uses the same producer; the connection is closed.
        public static let superseded = Code(rawValue: "superseded")
        /// The certificate cannot be read; the event is stored without it.
        public static let badCert = Code(rawValue: "bad_cert")
        /// The certificate is larger than the limit; the event is stored without it.
        public static let certTooLarge = Code(rawValue: "cert_too_large")
    }

    /// The kind of error.
    public let code: Code
    /// Where it was found: a byte of the line, counted from 1.
    public let column: Int?
    /// What is wrong, in words for a person; our own words, nothing of the line.
    public let message: String
    /// The `seq` of the line, when it could be read in spite of the error.
    public let sequence: UInt64?

    /// An error from its parts.
    public init(code: Code, column: Int? = nil, message: String, sequence: UInt64? = nil) {
        self.code = code
        self.column = column
        self.message = message
        self.sequence = sequence
    }
}
