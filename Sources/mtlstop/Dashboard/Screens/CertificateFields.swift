import CertCore
import SafeText
import Terminal

/// The raw fields of a certificate: every element of its DER with its place, its type and its value.
enum CertificateFields {
    /// Bytes of a value that are shown when it is no number, name or text.
    private static let mostBytes = 24

    static func lines(_ der: [UInt8]) -> [SafeText] {
        let outline = DEROutline(der)
        let lines = outline.elements.map { line($0, der) }
        return outline.isIncomplete ? lines + ["what follows is no DER, or too much of it"] : lines
    }

    /// `  0x0025  SEQUENCE, 30 bytes` or `  0x0027  OBJECT IDENTIFIER 2.5.4.3`.
    private static func line(_ element: DEROutline.Element, _ der: [UInt8]) -> SafeText {
        let place = SafeText(CertificateBytes.hexadecimal(element.offset, 4))
        let indent = SafeText(String(repeating: "  ", count: element.depth))
        let count = element.content.count
        let value: SafeText =
            element.isOpened
            ? ", \(count) bytes" : count == 0 ? "" : " \(value(element.tag, der[element.content]))"
        return "\(place)  \(indent)\(name(element.tag))\(value)"
    }

    private static func name(_ tag: UInt8) -> SafeText {
        if tag & 0xC0 == 0x80 { return "[\(Int(tag & 0x1F))]" }
        switch tag {
        case 0x01: return "BOOLEAN"
        case 0x02: return "INTEGER"
        case 0x03: return "BIT STRING"
        case 0x04: return "OCTET STRING"
        case 0x05: return "NULL"
        case 0x06: return "OBJECT IDENTIFIER"
        case 0x0A: return "ENUMERATED"
        case 0x0C: return "UTF8String"
        case 0x13: return "PrintableString"
        case 0x14: return "TeletexString"
        case 0x16: return "IA5String"
        case 0x17: return "UTCTime"
        case 0x18: return "GeneralizedTime"
        case 0x1A: return "VisibleString"
        case 0x1E: return "BMPString"
        case 0x30: return "SEQUENCE"
        case 0x31: return "SET"
        default: return "tag 0x\(SafeText(CertificateBytes.hexadecimal(Int(tag), 2)))"
        }
    }

    private static func value(_ tag: UInt8, _ content: ArraySlice<UInt8>) -> SafeText {
        switch tag {
        case 0x01 where content.count == 1: content.first == 0 ? "false" : "true"
        case 0x02 where content.count <= 7: SafeText(String(number(content)))
        case 0x06: DEROutline.dotted(content).map { SafeText($0) } ?? bytes(content)
        case 0x0C, 0x13, 0x16, 0x17, 0x18, 0x1A: "\"\(SafeText(String(decoding: content, as: UTF8.self)))\""
        default: bytes(content)
        }
    }

    /// A number of at most seven octets, in two's complement.
    private static func number(_ content: ArraySlice<UInt8>) -> Int64 {
        let start: Int64 = content.first.map { $0 >= 0x80 } == true ? -1 : 0
        return content.reduce(start) { $0 << 8 | Int64($1) }
    }

    private static func bytes(_ content: ArraySlice<UInt8>) -> SafeText {
        let digits = SafeText(Hexadecimal.text(Array(content.prefix(mostBytes)), separator: UInt8(ascii: " ")))
        return content.count <= mostBytes ? digits : "\(digits) and so on, \(content.count) bytes"
    }
}
