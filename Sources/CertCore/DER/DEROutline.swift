/// The elements of DER in their order, as a person reads them.
package struct DEROutline: Sendable {
    /// One element.
    package struct Element: Hashable, Sendable {
        /// Where its identifier octet stands.
        package let offset: Int
        /// How many elements it stands in.
        package let depth: Int
        /// The identifier octet.
        package let tag: UInt8
        /// Where its content stands.
        package let content: Range<Int>
        /// True when the elements after it, one deeper, are its content.
        package fileprivate(set) var isOpened: Bool
    }

    /// The elements, each before what is in it.
    package private(set) var elements: [Element] = []
    /// True when a part is no DER, lies too deep, or comes after the last element that is kept.
    package private(set) var isIncomplete = false

    private static let mostElements = 4096
    private static let mostDepth = 24

    /// Reads bytes; strings of octets and bits are opened when their content is a whole SEQUENCE.
    package init(_ bytes: [UInt8]) {
        isIncomplete = !read(bytes, 0..<bytes.count, depth: 0)
    }

    /// Reads what stands in a range; false when it cannot be read to its end.
    private mutating func read(_ bytes: [UInt8], _ range: Range<Int>, depth: Int) -> Bool {
        var reader = DERReader(bytes, range)
        var offset = range.lowerBound
        while !reader.isAtEnd {
            guard elements.count < Self.mostElements, let element = reader.next() else { return false }
            let place = elements.count
            elements.append(
                Element(offset: offset, depth: depth, tag: element.tag, content: element.content, isOpened: false)
            )
            offset = element.content.upperBound
            guard let inside = Self.inside(element.tag, element.content, bytes) else { continue }
            guard depth < Self.mostDepth else { return false }
            elements[place].isOpened = true
            if read(bytes, inside, depth: depth + 1) { continue }
            if element.tag & 0x20 != 0 { return false }
            // A string whose octets only look like DER is a string again.
            elements.removeLast(elements.count - place - 1)
            elements[place].isOpened = false
        }
        return true
    }

    /// Where the elements inside an element stand; nil when it holds a value.
    private static func inside(_ tag: UInt8, _ content: Range<Int>, _ bytes: [UInt8]) -> Range<Int>? {
        if tag & 0x20 != 0 { return content }
        var octets = content
        if tag == DERReader.Tag.bitString {
            guard bytes[content].first == 0 else { return nil }
            octets = content.dropFirst()
        } else if tag != DERReader.Tag.octetString {
            return nil
        }
        var reader = DERReader(bytes, octets)
        guard reader.take(DERReader.Tag.sequence) != nil, reader.isAtEnd else { return nil }
        return octets
    }
}

extension DEROutline {
    /// The dotted numbers of an object identifier's content; nil when they are broken or larger than 63 bits.
    package static func dotted(_ content: some Sequence<UInt8>) -> String? {
        var numbers: [UInt64] = []
        var number: UInt64 = 0
        var isWhole = false
        for byte in content {
            guard number < 1 << 56 else { return nil }
            number = number << 7 | UInt64(byte & 0x7F)
            isWhole = byte < 0x80
            guard isWhole else { continue }
            if numbers.isEmpty {
                let first = min(number / 40, 2)
                numbers = [first, number - 40 * first]
            } else {
                numbers.append(number)
            }
            number = 0
        }
        return isWhole ? numbers.map(String.init).joined(separator: ".") : nil
    }
}
