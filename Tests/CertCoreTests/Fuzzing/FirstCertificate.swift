import CertCore
import Foundation

/// A second, simple-minded reader of headers: the DER of the certificate that stands first.
///
/// It judges nothing. Where the library accepts a header, this must have found the same leaf.
enum FirstCertificate {
    static func der(in value: String, _ encoding: HeaderEncoding) -> [UInt8]? {
        let text = value.trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
        switch encoding {
        case .urlPEM, .urlPEMAWS: return text.removingPercentEncoding.flatMap(firstBlock)
        case .pemSpaces: return firstBlock(text)
        case .xfcc: return forwarded(text)
        case .base64DER:
            let entry = text.split(separator: ",", omittingEmptySubsequences: false).first.map(String.init) ?? ""
            return decode(entry.trimmingCharacters(in: CharacterSet(charactersIn: " \t")))
        case .rfc9440: return decode(String(text.dropFirst().dropLast()))
        }
    }

    private static func decode(_ base64: String) -> [UInt8]? {
        let digits = base64.filter { $0 != "=" }
        let padded = digits + String(repeating: "=", count: (4 - digits.count % 4) % 4)
        return Data(base64Encoded: padded).map { Array($0) }
    }

    private static func firstBlock(_ text: String) -> [UInt8]? {
        guard let begin = text.range(of: "-----BEGIN CERTIFICATE-----"),
            let end = text.range(of: "-----END CERTIFICATE-----", range: begin.upperBound..<text.endIndex)
        else { return nil }
        let body = text[begin.upperBound..<end.lowerBound].unicodeScalars.filter {
            !" \t\r\n".unicodeScalars.contains($0)
        }
        return decode(String(String.UnicodeScalarView(body)))
    }

    /// The first element's Chain, else its Cert.
    private static func forwarded(_ text: String) -> [UInt8]? {
        var isQuoted = false
        var pairs = [""]
        loop: for character in text.unicodeScalars {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: break loop
            case ";" where !isQuoted: pairs.append("")
            default: pairs[pairs.count - 1].unicodeScalars.append(character)
            }
        }
        for key in ["chain=", "cert="] {
            let pair = pairs.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t")) }
                .first { $0.lowercased().hasPrefix(key) }
            if let pair {
                return String(pair.dropFirst(key.count)).replacingOccurrences(of: "\\", with: "")
                    .removingPercentEncoding
                    .flatMap(firstBlock)
            }
        }
        return nil
    }
}
