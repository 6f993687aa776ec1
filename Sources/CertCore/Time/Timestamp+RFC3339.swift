extension Timestamp {
    /// Reads an RFC 3339 date and time (RFC 3339 section 5.6).
    ///
    /// Offsets are applied, `T` may be `t` or a blank and `Z` may be `z`, a fraction of any length is cut to
    /// milliseconds, a leap second counts as the first second of the next minute. Nil for anything else, also for
    /// days that do not exist.
    public init?(rfc3339: String) {
        var text = rfc3339
        let parsed = text.withUTF8 { Timestamp(rfc3339: UnsafeRawBufferPointer($0)) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Reads an RFC 3339 date and time from UTF-8 bytes without allocating.
    package init?(rfc3339 bytes: UnsafeRawBufferPointer) {
        var reader = RFC3339Reader(bytes: bytes)
        guard let milliseconds = reader.readMilliseconds() else { return nil }
        self.init(milliseconds: milliseconds)
    }
}

/// Reads one date and time from bytes; each step answers nil at the first byte that does not fit.
private struct RFC3339Reader {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func readMilliseconds() -> Int64? {
        guard let days = readDate(), take("T", "t", " "), let time = readTime(), let offset = readOffset(),
            position == bytes.count
        else { return nil }
        return days * CivilTime.millisecondsPerDay + time - offset
    }

    private mutating func readDate() -> Int64? {
        guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
            let day = number(digits: 2), (1...12).contains(month),
            day >= 1, day <= CivilTime.days(inMonth: month, year: year)
        else { return nil }
        return CivilTime.daysSince1970(year: year, month: month, day: day)
    }

    private mutating func readTime() -> Int64? {
        guard let hour = number(digits: 2), take(":"), let minute = number(digits: 2), take(":"),
            let second = number(digits: 2), hour <= 23, minute <= 59, second <= 60
        else { return nil }
        if second == 60, minute != 59 { return nil }
        guard let fraction = readFraction() else { return nil }
        return Int64(hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction)
    }

    private mutating func readFraction() -> Int? {
        guard take(".") else { return 0 }
        let start = position
        var milliseconds = 0
        while position < bytes.count, let digit = digit(bytes[position]) {
            if position - start < 3 { milliseconds = milliseconds * 10 + digit }
            position += 1
        }
        switch position - start {
        case 0: return nil
        case 1: return milliseconds * 100
        case 2: return milliseconds * 10
        default: return milliseconds
        }
    }

    private mutating func readOffset() -> Int64? {
        if take("Z", "z") { return 0 }
        let sign: Int64
        if take("+") {
            sign = 1
        } else if take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hour = number(digits: 2), take(":"), let minute = number(digits: 2), hour <= 23, minute <= 59
        else { return nil }
        return sign * Int64(hour * 3_600_000 + minute * 60_000)
    }

    private mutating func number(digits count: Int) -> Int? {
        guard bytes.count - position >= count else { return nil }
        var value = 0
        for index in position..<position + count {
            guard let digit = digit(bytes[index]) else { return nil }
            value = value * 10 + digit
        }
        position += count
        return value
    }

    private func digit(_ byte: UInt8) -> Int? {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int(byte) - 48 : nil
    }

    private mutating func take(
        _ first: Unicode.Scalar,
        _ second: Unicode.Scalar? = nil,
        _ third: Unicode.Scalar? = nil
    )
        -> Bool
    {
        guard position < bytes.count else { return false }
        let byte = UInt32(bytes[position])
        guard byte == first.value || byte == second?.value || byte == third?.value else { return false }
        position += 1
        return true
    }
}

extension CivilTime {
    /// The RFC 3339 text in UTC with milliseconds; years outside 0 to 9999 are held at the nearest end.
    package var rfc3339: String {
        String(unsafeUninitializedCapacity: Self.rfc3339Length) { buffer in
            write(rfc3339: buffer)
            return Self.rfc3339Length
        }
    }

    /// The number of bytes of an RFC 3339 text.
    package static let rfc3339Length = 24

    /// Writes the RFC 3339 text into ``rfc3339Length`` bytes.
    package func write(rfc3339 buffer: UnsafeMutableBufferPointer<UInt8>) {
        guard buffer.count >= Self.rfc3339Length else { return }
        func put(_ value: Int, at index: Int, digits: Int) {
            var rest = value
            for position in stride(from: index + digits - 1, through: index, by: -1) {
                buffer[position] = UInt8(48 + rest % 10)
                rest /= 10
            }
        }
        let pattern: StaticString = "0000-00-00T00:00:00.000Z"
        pattern.withUTF8Buffer { _ = buffer.update(fromContentsOf: $0) }
        put(min(max(year, 0), 9999), at: 0, digits: 4)
        put(month, at: 5, digits: 2)
        put(day, at: 8, digits: 2)
        put(hour, at: 11, digits: 2)
        put(minute, at: 14, digits: 2)
        put(second, at: 17, digits: 2)
        put(millisecond, at: 20, digits: 3)
    }
}
