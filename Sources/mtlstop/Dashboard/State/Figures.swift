import SafeText

/// Writes numbers for people.
enum Figures {
    /// 12480 → "12,480".
    static func grouped(_ number: some BinaryInteger) -> SafeText {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return SafeText(text)
    }

    /// A number with its word: "1 event", "12,480 events".
    static func counted(_ number: some BinaryInteger, _ one: SafeText, _ many: SafeText) -> SafeText {
        "\(grouped(number)) \(number == 1 ? one : many)"
    }

    /// A number in at most five cells: 999, 12.4k, 3.1M.
    static func short(_ number: Int64) -> SafeText {
        if number < 10_000 { return SafeText(String(number)) }
        if number < 1_000_000 { return "\(tenths(Double(number) / 1000))k" }
        if number < 1_000_000_000 { return "\(tenths(Double(number) / 1_000_000))M" }
        return "\(tenths(Double(number) / 1_000_000_000))G"
    }

    /// One decimal place: 0.8, 31.0; three digits and more lose it: 125.
    static func tenths(_ value: Double) -> SafeText {
        guard value.isFinite else { return "-" }
        if value.magnitude >= 100 { return SafeText(String(Int(value.rounded()))) }
        let scaled = Int((value * 10).rounded())
        let sign = scaled < 0 ? "-" : ""
        return SafeText("\(sign)\(scaled.magnitude / 10).\(scaled.magnitude % 10)")
    }

    /// A share of a whole in percent: 0.8%, 31.0%; a whole of nothing is "-".
    static func percent(_ part: some BinaryInteger, of whole: some BinaryInteger) -> SafeText {
        whole == 0 ? "-" : "\(tenths(Double(part) * 100 / Double(whole)))%"
    }

    /// The change from one number to another in percent, with its sign: +58%, -4%, or "new" from nothing.
    static func change(from before: some BinaryInteger, to after: some BinaryInteger) -> SafeText {
        if before == 0 { return after == 0 ? "=" : "new" }
        let change = Int((Double(after) / Double(before) * 100 - 100).rounded())
        return change == 0 ? "=" : SafeText(change > 0 ? "+\(change)%" : "\(change)%")
    }

    /// Bytes in their largest unit: 512 B, 4.8 GiB.
    static func bytes(_ count: Int64) -> SafeText {
        let units: [SafeText] = ["B", "KiB", "MiB", "GiB", "TiB"]
        var value = Double(count)
        var unit = 0
        while value >= 1024, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        return unit == 0 ? "\(count) B" : "\(tenths(value)) \(units[unit])"
    }
}
