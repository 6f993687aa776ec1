/// Decodes internationalized host names (RFC 3492) to see what they would look like.
enum Punycode {
    /// A host name with its `xn--` labels decoded; nil when it has none that can be.
    static func hostName(_ host: String) -> String? {
        guard host.utf8.count <= 255, ASCII.lowercased(host).contains("xn--") else { return nil }
        var isChanged = false
        let labels = host.split(separator: ".", omittingEmptySubsequences: false).map { label -> String in
            guard ASCII.lowercased(String(label.prefix(4))) == "xn--", let text = decode(label.dropFirst(4)) else {
                return String(label)
            }
            isChanged = true
            return text
        }
        return isChanged ? labels.joined(separator: ".") : nil
    }

    /// One label without its prefix; nil when it is none.
    static func decode(_ label: Substring) -> String? {
        let bytes = Array(label.utf8)
        let basic = bytes.lastIndex(of: UInt8(ascii: "-")) ?? 0
        guard bytes.count <= 63, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        var result = bytes[..<basic].map { UInt32($0) }
        var code: UInt32 = 128
        var index: UInt32 = 0
        var bias: UInt32 = 72
        var position = basic > 0 ? basic + 1 : 0
        while position < bytes.count {
            let before = index
            guard let step = number(bytes, &position, bias) else { return nil }
            let (sum, overflow) = index.addingReportingOverflow(step)
            if overflow { return nil }
            let count = UInt32(result.count + 1)
            bias = adapted(sum - before, count: count, isFirst: before == 0)
            let (next, isTooLarge) = code.addingReportingOverflow(sum / count)
            guard !isTooLarge, Unicode.Scalar(next) != nil else { return nil }
            code = next
            index = sum % count
            result.insert(code, at: Int(index))
            index += 1
        }
        return String(String.UnicodeScalarView(result.compactMap(Unicode.Scalar.init)))
    }

    /// A number of variable length (RFC 3492 section 3.3).
    private static func number(_ bytes: [UInt8], _ position: inout Int, _ bias: UInt32) -> UInt32? {
        var result: UInt32 = 0
        var weight: UInt32 = 1
        var base: UInt32 = 36
        while position < bytes.count, let digit = digit(bytes[position]) {
            position += 1
            let (product, overflow) = digit.multipliedReportingOverflow(by: weight)
            let (sum, isTooLarge) = result.addingReportingOverflow(product)
            if overflow || isTooLarge { return nil }
            result = sum
            let threshold = base <= bias ? 1 : min(base - bias, 26)
            if digit < threshold { return result }
            let (next, isTooHeavy) = weight.multipliedReportingOverflow(by: 36 - threshold)
            if isTooHeavy { return nil }
            weight = next
            base += 36
        }
        return nil
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 48...57: UInt32(byte) - 22
        case 65...90: UInt32(byte) - 65
        case 97...122: UInt32(byte) - 97
        default: nil
        }
    }

    /// RFC 3492 section 6.1.
    private static func adapted(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var result: UInt32 = 0
        while delta > 455 {
            delta /= 35
            result += 36
        }
        return result + 36 * delta / (delta + 38)
    }
}
