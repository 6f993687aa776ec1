import SafeText

/// Looks whether bytes are written in the one form that DER allows (X.690 sections 8 to 11).
///
/// libcrypto reads more than that, and others may read the same bytes differently.
enum EncodingForm {
    /// How deeply values may be nested; certificates stay below 20.
    private static let deepest = 40

    /// The first fault of an encoded value, as a part of a sentence; nil for DER.
    static func firstFault(in bytes: [UInt8]) -> SafeText? {
        var reader = Reader(bytes: bytes)
        return reader.fault(until: bytes.count, depth: 0)
    }

    private struct Element {
        let tag: UInt8
        let start: Int
        let content: Int
        let end: Int
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        mutating func fault(until end: Int, depth: Int) -> SafeText? {
            guard depth < EncodingForm.deepest else { return "values are nested too deeply" }
            var elements: [Element] = []
            while position < end {
                switch element(until: end) {
                case .failure(let fault): return fault.text
                case .success(let element):
                    elements.append(element)
                    if let fault = fault(of: element, depth) { return fault }
                    position = element.end
                }
            }
            return defaultFault(elements) ?? extensionFault(elements, depth)
        }

        private struct Fault: Error {
            let text: SafeText
        }

        /// Reads tag and length.
        private mutating func element(until end: Int) -> Result<Element, Fault> {
            let start = position
            let tag = bytes[position]
            position += 1
            if tag & 0x1F == 0x1F { return .failure(Fault(text: "a tag is written in the long form")) }
            guard position < end else { return .failure(Fault(text: "a length is missing")) }
            var length = Int(bytes[position])
            position += 1
            if length >= 0x80 {
                let count = length & 0x7F
                if count == 0 { return .failure(Fault(text: "a length is indefinite")) }
                guard count <= 4, position + count <= end else { return .failure(Fault(text: "a length is too long")) }
                length = bytes[position..<position + count].reduce(0) { $0 << 8 | Int($1) }
                if bytes[position] == 0 || length < 0x80 {
                    return .failure(Fault(text: "a length takes more bytes than it needs"))
                }
                position += count
            }
            guard length <= end - position else { return .failure(Fault(text: "a length reaches too far")) }
            return .success(Element(tag: tag, start: start, content: position, end: position + length))
        }

        private mutating func fault(of element: Element, _ depth: Int) -> SafeText? {
            if element.tag & 0x20 != 0 {
                if element.tag < 0x40, element.tag != 0x30, element.tag != 0x31 {
                    return "a string is written in parts"
                }
                position = element.content
                if let fault = fault(until: element.end, depth: depth + 1) { return fault }
                return element.tag == 0x31 && !isSorted(element) ? "a set is not in order" : nil
            }
            return primitiveFault(element.tag, bytes[element.content..<element.end])
        }

        private func primitiveFault(_ tag: UInt8, _ content: ArraySlice<UInt8>) -> SafeText? {
            let first = content.first ?? 0
            switch tag {
            case 0x01:
                return content.count == 1 && (first == 0 || first == 0xFF) ? nil : "a truth value is not 0 or 255"
            case 0x02, 0x0A:
                guard let second = content.dropFirst().first else { return content.isEmpty ? "a number is empty" : nil }
                let isPadded = (first == 0 && second < 0x80) || (first == 0xFF && second >= 0x80)
                return isPadded ? "a number takes more bytes than it needs" : nil
            case 0x03:
                guard first < 8, content.count > 1 || first == 0, !content.isEmpty else {
                    return "a string of bits is malformed"
                }
                let unused = (1 << first) - 1
                return Int(content.last ?? 0) & unused == 0 || content.count == 1 ? nil : "unused bits are set"
            case 0x05: return content.isEmpty ? nil : "a null has content"
            case 0x17: return content.count == 13 && content.last == 0x5A ? nil : "a time is not in the one form"
            case 0x18:
                let isPlain = content.last == 0x5A && content.count >= 15
                let hasZero = content.contains(0x2E) && content.dropLast().last == 0x30
                return isPlain && !hasZero ? nil : "a time is not in the one form"
            default: return nil
            }
        }

        /// The elements of a SET OF stand in the order of their encodings (X.690 section 11.6).
        private mutating func isSorted(_ set: Element) -> Bool {
            position = set.content
            var previous: ArraySlice<UInt8> = []
            while position < set.end, case .success(let next) = element(until: set.end) {
                let encoded = bytes[next.start..<next.end]
                if encoded.lexicographicallyPrecedes(previous) { return false }
                previous = encoded
                position = next.end
            }
            return true
        }

        /// An extension's `critical FALSE` must be left out (X.690 section 11.5).
        private func defaultFault(_ elements: [Element]) -> SafeText? {
            guard elements.map(\.tag) == [0x06, 0x01, 0x04], bytes[elements[1].content] == 0 else { return nil }
            return "a default value is written out"
        }

        /// The content of a standard extension is DER of its own.
        private func extensionFault(_ elements: [Element], _ depth: Int) -> SafeText? {
            guard let type = elements.first, let value = elements.last, type.tag == 0x06, value.tag == 0x04,
                elements.count == 2 || (elements.count == 3 && elements[1].tag == 0x01),
                bytes[type.content..<type.end].starts(with: [0x55, 0x1D])
            else { return nil }
            var reader = Reader(bytes: Array(bytes[value.content..<value.end]))
            return reader.fault(until: reader.bytes.count, depth: depth + 1)
        }
    }
}
