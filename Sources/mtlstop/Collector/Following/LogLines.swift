import Glibc

/// Cuts what is read of a file into lines and knows where each ends; memory is bounded as ``LineAssembler`` bounds it.
struct LogLines {
    /// A line, or the beginning of one that is too long, and its length without the newline.
    typealias Take = (_ line: UnsafeRawBufferPointer, _ length: Int, _ end: Int64) -> Void

    /// The longest line that is kept whole.
    static let longest = LineAssembler.longestLine - 1

    /// The line that has begun; of one that is too long only the beginning.
    private var begun: [UInt8] = []
    private var begunLength = 0
    private var offset: Int64

    /// Lines of a file from this offset on.
    init(from offset: Int64) {
        self.offset = offset
    }

    /// Takes the next bytes; the callback gets each line that ends in them.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ take: Take) {
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            guard let newline = memchr(start, 0x0A, rest.count) else {
                hold(rest)
                return
            }
            let count = UnsafeRawPointer(newline) - start
            finish(UnsafeRawBufferPointer(rebasing: rest[..<count]), newline: 1, take)
            rest = UnsafeRawBufferPointer(rebasing: rest[(count + 1)...])
        }
    }

    /// Nothing follows: what has begun is the last line.
    mutating func end(_ take: Take) {
        guard begunLength > 0 else { return }
        finish(UnsafeRawBufferPointer(start: nil, count: 0), newline: 0, take)
    }

    private mutating func hold(_ bytes: UnsafeRawBufferPointer) {
        begunLength += bytes.count
        offset += Int64(bytes.count)
        if begunLength <= Self.longest {
            begun.append(contentsOf: bytes)
        } else if begun.count > LineAssembler.headSize {
            begun = Array(begun.prefix(LineAssembler.headSize))
        } else {
            begun.append(contentsOf: bytes.prefix(LineAssembler.headSize - begun.count))
        }
    }

    private mutating func finish(_ tail: UnsafeRawBufferPointer, newline: Int, _ take: Take) {
        if begunLength == 0 {
            offset += Int64(tail.count + newline)
            return take(tail, tail.count, offset)
        }
        hold(tail)
        offset += Int64(newline)
        let (line, length) = (begun, begunLength)
        (begun, begunLength) = ([], 0)
        line.withUnsafeBytes { take($0, length, offset) }
    }
}
