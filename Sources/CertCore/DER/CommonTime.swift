/// A Time (RFC 5280 section 4.1.2.5) in the one form that DER allows: with seconds, without fractions, in UTC.
enum CommonTime {
    /// Reads a time; nil for one that libcrypto must look at.
    static func read(_ reader: inout DERReader) -> Timestamp? {
        guard let element = reader.next() else { return nil }
        let text = reader.bytes[element.content]
        switch (element.tag, text.count) {
        case (DERReader.Tag.utcTime, 13):
            guard let year = number(text.prefix(2)) else { return nil }
            return time(year: year < 50 ? 2000 + year : 1900 + year, text.dropFirst(2))
        case (DERReader.Tag.generalizedTime, 15):
            guard let year = number(text.prefix(4)), year > 0 else { return nil }
            return time(year: year, text.dropFirst(4))
        default:
            return nil
        }
    }

    private static func time(year: Int, _ rest: ArraySlice<UInt8>) -> Timestamp? {
        let start = rest.startIndex
        var parts: [5 of Int] = .init(repeating: 0)
        for index in 0..<5 {
            guard let part = number(rest[start + 2 * index..<start + 2 * index + 2]) else { return nil }
            parts[index] = part
        }
        guard rest.last == UInt8(ascii: "Z"), (1...12).contains(parts[0]),
            (1...CivilTime.days(inMonth: parts[0], year: year)).contains(parts[1]), parts[2] < 24, parts[3] < 60,
            parts[4] < 60
        else { return nil }
        return Timestamp(
            year: year,
            month: parts[0],
            day: parts[1],
            hour: parts[2],
            minute: parts[3],
            second: parts[4]
        )
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var result = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            result = result * 10 + Int(digit - 48)
        }
        return result
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The time as libcrypto prints it, as in `Apr  1 00:00:00 2020 GMT`.
    static func text(_ time: Timestamp) -> String {
        let civil = time.civil
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = civil.day < 10 ? " \(civil.day)" : "\(civil.day)"
        let clock = "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second))"
        return "\(months[civil.month - 1]) \(day) \(clock) \(civil.year) GMT"
    }
}
