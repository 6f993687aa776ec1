/// Writes many times as RFC 3339; most fall into the minute of the one before, whose text is kept.
package struct TimeText: Sendable {
    private var minute: Int64?
    private var text = [UInt8](repeating: 0x20, count: CivilTime.rfc3339Length)

    /// No time yet.
    package init() {}

    /// The text of a time: ``CivilTime/rfc3339Length`` ASCII bytes, as `Timestamp.rfc3339` has them.
    package mutating func bytes(of time: Timestamp) -> [UInt8] {
        let minute = (time.milliseconds - (time.milliseconds < 0 ? 59_999 : 0)) / 60_000
        if minute != self.minute {
            self.minute = minute
            text.withUnsafeMutableBufferPointer { time.civil.write(rfc3339: $0) }
            return text
        }
        let rest = Int(time.milliseconds - minute * 60_000)
        let (second, millisecond) = (rest / 1000, rest % 1000)
        text.withUnsafeMutableBufferPointer { text in
            text[17] = Self.digit(second / 10)
            text[18] = Self.digit(second % 10)
            text[20] = Self.digit(millisecond / 100)
            text[21] = Self.digit(millisecond / 10 % 10)
            text[22] = Self.digit(millisecond % 10)
        }
        return text
    }

    private static func digit(_ value: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(value) }
}
