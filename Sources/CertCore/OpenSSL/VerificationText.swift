import COpenSSL

/// The texts libcrypto has for verification codes.
enum VerificationText {
    /// The text of a number; for an unknown one a text that names it.
    static func text(of number: Int32) -> String {
        guard let text = X509_verify_cert_error_string(Int(number)) else {
            return "unknown verification error \(number)"
        }
        let string = String(cString: text)
        // libcrypto answers unknown numbers with a sentence that is the same for all of them.
        return number > 94 && string.contains("rror number") ? "unknown verification error \(number)" : string
    }

    /// Texts, normalized, to numbers; the lower number wins when two share a text.
    static let numbersByText: [String: Int32] = {
        var table: [String: Int32] = [:]
        for code in VerificationCode.all.reversed() {
            table[normalized(text(of: code.rawValue).lowercased())] = code.rawValue
        }
        return table
    }()

    /// Lower-case text with outer blanks removed and both spellings of `self-signed` made one.
    static func normalized(_ text: String) -> String {
        var result = Substring(text)
        while result.first == " " { result.removeFirst() }
        while let last = result.last, last == " " || last == "." { result.removeLast() }
        if result.hasPrefix("self signed") { return "self-signed" + result.dropFirst(11) }
        return String(result)
    }
}
