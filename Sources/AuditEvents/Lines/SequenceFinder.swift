/// Looks for `seq` in a line that is not sound, or of which only the head is left.
///
/// It follows strings and nesting and nothing else, so it finds the number behind most mistakes. A number counts only
/// when something follows it: the head of a cut line may end inside of it.
package enum SequenceFinder {
    /// The line's number and where it stands; nil when there is none, or none that can be trusted.
    package static func find(in line: UnsafeRawBufferPointer) -> (value: UInt64, range: Range<Int>)? {
        var depth = 0
        var offset = 0
        var mayBeKey = false
        while offset < line.count {
            switch line[offset] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                mayBeKey = depth == 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ","): mayBeKey = depth == 1
            case UInt8(ascii: "\""):
                let close = endOfString(in: line, from: offset + 1)
                if mayBeKey, isName(line, offset + 1..<close), let found = number(in: line, after: close + 1) {
                    return found
                }
                mayBeKey = false
                offset = close
            default: break
            }
            offset += 1
        }
        return nil
    }

    private static func endOfString(in line: UnsafeRawBufferPointer, from start: Int) -> Int {
        var offset = start
        while offset < line.count, line[offset] != UInt8(ascii: "\"") {
            offset += line[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(offset, line.count)
    }

    private static func isName(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        line[range].elementsEqual("seq".utf8)
    }

    private static func number(
        in line: UnsafeRawBufferPointer,
        after start: Int
    ) -> (value: UInt64, range: Range<Int>)? {
        var offset = skipSpace(in: line, from: start)
        guard offset < line.count, line[offset] == UInt8(ascii: ":") else { return nil }
        offset = skipSpace(in: line, from: offset + 1)
        let first = offset
        var value: UInt64 = 0
        while offset < line.count, line[offset] &- UInt8(ascii: "0") < 10, offset - first < 19 {
            value = value * 10 + UInt64(line[offset] - UInt8(ascii: "0"))
            offset += 1
        }
        guard offset > first, line[first] != UInt8(ascii: "0"), value <= UInt64(Int64.max) else { return nil }
        let range = first..<offset
        offset = skipSpace(in: line, from: offset)
        guard offset < line.count, line[offset] == UInt8(ascii: ",") || line[offset] == UInt8(ascii: "}") else {
            return nil
        }
        return (value, range)
    }

    private static func skipSpace(in line: UnsafeRawBufferPointer, from start: Int) -> Int {
        var offset = min(start, line.count)
        while offset < line.count, line[offset] == 0x20 || line[offset] == 0x09 { offset += 1 }
        return offset
    }
}
