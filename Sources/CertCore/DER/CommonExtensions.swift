/// The extensions of a certificate that is no CA.
///
/// Those that nobody reads here are only stepped over: libcrypto too does not look into them when it parses.
struct CommonExtensions: Sendable {
    /// One location of the authorityInfoAccess extension.
    struct Access: Sendable {
        /// libcrypto's name of the method.
        let method: String
        let location: SubjectAlternativeName
    }

    private(set) var alternativeNames: [SubjectAlternativeName]?
    private(set) var extendedKeyUsage: [String]?
    private(set) var informationAccess: [Access]?

    /// Reads the extensions field, the last one of the body, if there is one; nil for what libcrypto must look at.
    init?(_ body: inout DERReader) {
        if body.isAtEnd { return }
        guard var field = body.enter(0xA3), var list = field.enter(DERReader.Tag.sequence), field.isAtEnd,
            !list.isAtEnd
        else { return nil }
        while !list.isAtEnd {
            guard var item = list.enter(DERReader.Tag.sequence), let identifier = item.takeObjectIdentifier(),
                Self.skipCriticality(&item), let value = item.enter(DERReader.Tag.octetString), item.isAtEnd,
                take(identifier, value)
            else { return nil }
        }
    }

    /// BOOLEAN TRUE or nothing: DER leaves the default FALSE out.
    private static func skipCriticality(_ item: inout DERReader) -> Bool {
        guard item.nextTag == DERReader.Tag.boolean else { return true }
        guard let critical = item.take(DERReader.Tag.boolean) else { return false }
        return item.bytes[critical].elementsEqual([0xFF])
    }

    private static let accessIdentifier: [UInt8] = [0x2B, 6, 1, 5, 5, 7, 1, 1]

    private mutating func take(_ identifier: Range<Int>, _ value: DERReader) -> Bool {
        let bytes = value.bytes
        if identifier.count == 3, bytes[identifier.lowerBound] == 0x55, bytes[identifier.lowerBound + 1] == 0x1D {
            switch bytes[identifier.lowerBound + 2] {
            case 17: return takeAlternativeNames(value)
            case 19: return Self.saysNoAuthority(value)
            case 37: return takeExtendedKeyUsage(value)
            default: return true
            }
        }
        return bytes[identifier].elementsEqual(Self.accessIdentifier) ? takeInformationAccess(value) : true
    }

    /// Basic constraints in their default form.
    private static func saysNoAuthority(_ value: DERReader) -> Bool {
        var value = value
        return value.take(DERReader.Tag.sequence)?.isEmpty == true && value.isAtEnd
    }

    private mutating func takeAlternativeNames(_ value: DERReader) -> Bool {
        var value = value
        guard alternativeNames == nil, var list = value.enter(DERReader.Tag.sequence), value.isAtEnd else {
            return false
        }
        var names: [SubjectAlternativeName] = []
        while !list.isAtEnd {
            guard let name = Self.generalName(&list) else { return false }
            names.append(name)
        }
        alternativeNames = names
        return !names.isEmpty
    }

    private static func generalName(_ list: inout DERReader) -> SubjectAlternativeName? {
        guard let element = list.next() else { return nil }
        let content = list.bytes[element.content]
        switch element.tag {
        case 0x81: return PlainText.ascii(content).map { .email($0) }
        case 0x82: return PlainText.ascii(content).map { .dns($0) }
        case 0x86: return PlainText.ascii(content).map { .uri($0) }
        case 0x87: return content.count == 4 || content.count == 16 ? .ip(Array(content)) : nil
        default: return nil
        }
    }

    private mutating func takeExtendedKeyUsage(_ value: DERReader) -> Bool {
        var value = value
        guard extendedKeyUsage == nil, var list = value.enter(DERReader.Tag.sequence), value.isAtEnd, !list.isAtEnd
        else { return false }
        var usages: [String] = []
        while !list.isAtEnd {
            guard let identifier = list.takeObjectIdentifier(), let text = Self.dotted(list.bytes[identifier])
            else { return false }
            usages.append(text)
        }
        extendedKeyUsage = usages
        return true
    }

    /// The numbers of an object identifier; nil when one is larger than 28 bits.
    private static func dotted(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.count <= 20 else { return nil }
        if bytes.elementsEqual([0x2B, 6, 1, 5, 5, 7, 3, 2]) { return "1.3.6.1.5.5.7.3.2" }
        var text = ""
        var number = 0
        for byte in bytes {
            guard number < 1 << 21 else { return nil }
            number = number << 7 | Int(byte & 0x7F)
            guard byte < 0x80 else { continue }
            if text.isEmpty {
                let first = min(number / 40, 2)
                text = "\(first).\(number - 40 * first)"
            } else {
                text += ".\(number)"
            }
            number = 0
        }
        return text
    }

    private static let online: [UInt8] = [0x2B, 6, 1, 5, 5, 7, 0x30, 1]
    private static let issuers: [UInt8] = [0x2B, 6, 1, 5, 5, 7, 0x30, 2]

    private mutating func takeInformationAccess(_ value: DERReader) -> Bool {
        var value = value
        guard informationAccess == nil, var list = value.enter(DERReader.Tag.sequence), value.isAtEnd, !list.isAtEnd
        else { return false }
        var found: [Access] = []
        while !list.isAtEnd {
            guard var item = list.enter(DERReader.Tag.sequence), let method = item.take(DERReader.Tag.objectIdentifier),
                let location = Self.generalName(&item), case .uri = location, item.isAtEnd
            else { return false }
            let isOnline = list.bytes[method].elementsEqual(Self.online)
            guard isOnline || list.bytes[method].elementsEqual(Self.issuers) else { return false }
            found.append(Access(method: isOnline ? "OCSP" : "CA Issuers", location: location))
        }
        informationAccess = found
        return true
    }
}
