/// What TLS libraries say when a handshake fails, as one kind of name: Node's `ERR_SSL_…`.
enum OpenSSLErrorText {
    /// The name for `error:0A0000C7:SSL routines::peer did not return a certificate`, or for its last part alone.
    static func name(of text: String) -> String {
        let part = text.split(separator: ":", omittingEmptySubsequences: true).last ?? "unknown"
        return "ERR_SSL_" + upperCased(part)
    }

    /// The name for a proxy's own words about a handshake that failed.
    static func handshakeName(of text: String) -> String {
        "ERR_TLS_" + upperCased(text[...])
    }

    /// Letters and digits in upper case, everything else one underscore; at most 96 of them.
    private static func upperCased(_ text: Substring) -> String {
        var name = ""
        for scalar in text.unicodeScalars.prefix(96) {
            if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                name += scalar.properties.uppercaseMapping
            } else if !name.isEmpty, name.last != "_" {
                name += "_"
            }
        }
        if name.last == "_" { name.removeLast() }
        return name.isEmpty ? "UNKNOWN" : name
    }
}
