/// Walks over DER (X.690) strictly: definite lengths in their shortest form and tags below 31, nothing else.
///
/// A step that meets anything else answers nil; what that means is the caller's business.
struct DERReader {
    /// The identifier octets that certificates are made of.
    enum Tag {
        static let boolean: UInt8 = 0x01
        static let integer: UInt8 = 0x02
        static let bitString: UInt8 = 0x03
        static let octetString: UInt8 = 0x04
        static let null: UInt8 = 0x05
        static let objectIdentifier: UInt8 = 0x06
        static let utf8String: UInt8 = 0x0C
        static let printableString: UInt8 = 0x13
        static let ia5String: UInt8 = 0x16
        static let utcTime: UInt8 = 0x17
        static let generalizedTime: UInt8 = 0x18
        static let sequence: UInt8 = 0x30
        static let set: UInt8 = 0x31
    }

    /// What is walked over; ranges are positions in it.
    let bytes: [UInt8]
    private var position: Int
    private let end: Int

    /// Walks over all bytes.
    init(_ bytes: [UInt8]) {
        self.init(bytes, 0..<bytes.count)
    }

    /// Walks over a part of the bytes.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { position == end }

    /// The tag that comes next.
    var nextTag: UInt8? { position < end ? bytes[position] : nil }

    /// Steps over the next element: its tag and where its content stands.
    mutating func next() -> (tag: UInt8, content: Range<Int>)? {
        guard end - position >= 2 else { return nil }
        let tag = bytes[position]
        guard tag & 0x1F != 0x1F else { return nil }
        var length = Int(bytes[position + 1])
        var start = position + 2
        if length >= 0x80 {
            let count = length - 0x80
            guard (1...3).contains(count), end - start >= count, bytes[start] != 0 else { return nil }
            length = 0
            for index in start..<start + count { length = length << 8 | Int(bytes[index]) }
            guard length >= 0x80 else { return nil }
            start += count
        }
        guard end - start >= length else { return nil }
        position = start + length
        return (tag, start..<position)
    }

    /// Steps over an element that must have a tag.
    mutating func take(_ tag: UInt8) -> Range<Int>? {
        guard let element = next(), element.tag == tag else { return nil }
        return element.content
    }

    /// Steps over an element that must have a tag, and walks over what is in it.
    mutating func enter(_ tag: UInt8) -> DERReader? {
        take(tag).map { DERReader(bytes, $0) }
    }

    /// Steps over an INTEGER in its shortest form that is not negative.
    mutating func takeNaturalNumber() -> Range<Int>? {
        guard let content = take(Tag.integer), let first = bytes[content].first, first < 0x80 else { return nil }
        if first == 0, content.count > 1, bytes[content.lowerBound + 1] < 0x80 { return nil }
        return content
    }

    /// Steps over an OBJECT IDENTIFIER whose arcs are in their shortest form.
    mutating func takeObjectIdentifier() -> Range<Int>? {
        guard let content = take(Tag.objectIdentifier), let last = bytes[content].last, last < 0x80 else { return nil }
        var isStart = true
        for byte in bytes[content] {
            if isStart, byte == 0x80 { return nil }
            isStart = byte < 0x80
        }
        return content
    }

    /// Steps over a BIT STRING of whole octets; the octets.
    mutating func takeOctetsOfBitString() -> Range<Int>? {
        guard let content = take(Tag.bitString), bytes[content].first == 0 else { return nil }
        return content.dropFirst()
    }
}
