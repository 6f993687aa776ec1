import CertCore

/// A time given as a number: seconds since 1970 below 1e11, milliseconds from there on.
enum EpochNumber {
    /// Milliseconds from 1970-01-01T00:00:00Z to the last of 9999.
    static let range: ClosedRange<Int64> = 0...253_402_300_799_999

    /// The time a well-formed JSON number stands for, to the millisecond; nil when it is outside of the range.
    static func time(_ number: JSONText) -> Timestamp? {
        plain(number) ?? floating(number)
    }

    /// Digits with at most one point: exact and without a detour over floating point.
    private static func plain(_ number: JSONText) -> Timestamp? {
        var whole: Int64 = 0
        var thousandths: Int64 = 0
        var decimals: Int64 = -1
        guard number.count <= 24 else { return nil }
        for byte in number.bytes {
            if byte == UInt8(ascii: ".") {
                decimals = 0
                continue
            }
            let digit = Int64(byte &- UInt8(ascii: "0"))
            guard digit < 10 else { return nil }
            if decimals < 0 {
                guard whole < 1_000_000_000_000_000 else { return nil }
                whole = whole * 10 + digit
            } else if decimals < 3 {
                thousandths = thousandths * 10 + digit
                decimals += 1
            }
        }
        if whole >= 100_000_000_000 { return checked(whole) }
        while decimals >= 0, decimals < 3 {
            thousandths *= 10
            decimals += 1
        }
        return checked(whole * 1000 + thousandths)
    }

    private static func floating(_ number: JSONText) -> Timestamp? {
        guard let value = Double(number.string), value >= 0, value < 1e15 else { return nil }
        return checked(Int64((value < 1e11 ? value * 1000 : value).rounded(.down)))
    }

    private static func checked(_ milliseconds: Int64) -> Timestamp? {
        range.contains(milliseconds) ? Timestamp(milliseconds: milliseconds) : nil
    }
}
