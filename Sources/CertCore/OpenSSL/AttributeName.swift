import COpenSSL

/// Knows how attributes of names are called, as in `CN` and `emailAddress`.
enum AttributeName {
    /// Whether a name read from a certificate can have an attribute that is called so.
    ///
    /// That is libcrypto's short name to the letter, or the dotted numbers of a type that has none.
    static func isUsed(_ text: String) -> Bool {
        shortName(text).map { ASCII.same($0, text) } ?? isDotted(text)
    }

    /// What an attribute is really called that somebody wrote as a long name, as dotted numbers or in another case.
    static func meant(by text: String) -> String? {
        [text, text.uppercased(), text.lowercased()].lazy.compactMap(shortName).first
            ?? ["emailAddress", "serialNumber", "dnQualifier"].first { ASCII.sameIgnoringCase($0, text) }
    }

    private static func shortName(_ text: String) -> String? {
        defer { ERR_clear_error() }
        let number = OBJ_txt2nid(text)
        guard number != NID_undef, let name = OBJ_nid2sn(number) else { return nil }
        return String(cString: name)
    }

    private static func isDotted(_ text: String) -> Bool {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count > 1 && numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    }
}
