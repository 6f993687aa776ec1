/// A Name (RFC 5280 section 4.1.2.4) of single attributes with well-known types and plain text.
enum CommonName {
    /// Reads a name; nil for one that libcrypto must look at.
    static func read(_ reader: inout DERReader) -> DistinguishedName? {
        guard var name = reader.enter(DERReader.Tag.sequence) else { return nil }
        var attributes: [DistinguishedName.Attribute] = []
        attributes.reserveCapacity(6)
        while !name.isAtEnd {
            guard var set = name.enter(DERReader.Tag.set), var pair = set.enter(DERReader.Tag.sequence), set.isAtEnd,
                let identifier = pair.take(DERReader.Tag.objectIdentifier),
                let type = type(name.bytes, identifier), let value = text(&pair), pair.isAtEnd
            else { return nil }
            attributes.append(.init(name: type, value: value))
        }
        return attributes.isEmpty ? nil : DistinguishedName(plain: attributes)
    }

    /// libcrypto's short name of the types that nearly all names are made of.
    private static func type(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
        let start = range.lowerBound
        if range.count == 3, bytes[start] == 0x55, bytes[start + 1] == 0x04 {
            switch bytes[start + 2] {
            case 3: return "CN"
            case 4: return "SN"
            case 5: return "serialNumber"
            case 6: return "C"
            case 7: return "L"
            case 8: return "ST"
            case 10: return "O"
            case 11: return "OU"
            default: return nil
            }
        }
        if bytes[range].elementsEqual(domainComponent) { return "DC" }
        if bytes[range].elementsEqual(userIdentifier) { return "UID" }
        return bytes[range].elementsEqual(emailAddress) ? "emailAddress" : nil
    }

    private static let domainComponent: [UInt8] = [0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01, 0x19]
    private static let userIdentifier: [UInt8] = [0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01, 0x01]
    private static let emailAddress: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x01]

    private static func text(_ pair: inout DERReader) -> String? {
        guard let value = pair.next() else { return nil }
        switch value.tag {
        case DERReader.Tag.utf8String: return PlainText.utf8(pair.bytes[value.content])
        case DERReader.Tag.printableString, DERReader.Tag.ia5String: return PlainText.ascii(pair.bytes[value.content])
        default: return nil
        }
    }
}

/// Text without control characters.
enum PlainText {
    /// ASCII from the space to the tilde; nil for anything else and for nothing.
    static func ascii(_ bytes: ArraySlice<UInt8>) -> String? {
        guard !bytes.isEmpty, bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Valid UTF-8 without ASCII's control characters; nil for anything else and for nothing.
    static func utf8(_ bytes: ArraySlice<UInt8>) -> String? {
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
