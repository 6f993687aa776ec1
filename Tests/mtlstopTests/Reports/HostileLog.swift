import SafeText

/// A database in which every text that a client chooses tries to be something else.
enum HostileLog {
    /// Names that break what does not escape: markup, formulae, escapes, separators of every format, bidi.
    static let names = [
        "</script><script>document.title='OWNED'</script>",
        "<img src=x onerror=\"document.title='OWNED'\">",
        "</title></style></td><svg onload=\"document.title='OWNED'\">",
        "=HYPERLINK(\"http://203.0.113.1/\",\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\u{FF1D}1+1",
        "\tcmd", "a\r\nb,\"c\"", "\u{1B}[31mred\u{1B}]0;owned\u{07}", "\u{202E}gnp.exe\u{2066}\u{200B}",
        "pipe|equals=back\\slash", "a=b c=d act=allow", "x\\=y\\|z\\n", "quote\" bracket] close",
        "cs1=forged outcome=success", "\\u{202e} literal", "line\u{2028}separator", "caf\u{E9} \u{65E5}\u{672C}",
        "`code` *bold* [link](javascript:alert(1)) | cell", "&lt;b&gt; &amp;amp; &#x3c;", " leading and trailing ",
        "javascript:alert(1)", "\u{85}next line", "'quoted'", "\u{FEFF}mark", "a\u{300}\u{301}\u{302}\u{303}\u{304}",
    ]

    /// Each name in an accepted and a rejected event, one without a certificate and one with nothing but an outcome.
    static func make() throws -> SampleLog {
        let log = try SampleLog()
        var lines: [String] = []
        for (index, name) in names.enumerated() {
            lines.append(line("authenticated", name, index, reason: nil))
            lines.append(line("rejected", name, index, reason: name))
        }
        lines.append(#"{"event":"rejected","reason":"socket_not_authorized","cert":null,"req":{"ip":"2001:db8::7"}}"#)
        lines.append(#"{"event":"authenticated"}"#)
        try log.add(lines)
        return log
    }

    private static func line(_ outcome: String, _ name: String, _ index: Int, reason: String?) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("event", outcome)
        writer.member("service", name)
        if let reason { writer.member("reason", reason) }
        writer.key("cert")
        writer.beginObject()
        writer.key("subject")
        writer.beginObject()
        writer.member("CN", name)
        writer.member("O", name)
        writer.endObject()
        writer.key("issuer")
        writer.beginObject()
        writer.member("CN", "issuer " + name)
        writer.endObject()
        writer.member("serialNumber", "0A" + String(index + 16, radix: 16, uppercase: true))
        let byte = String(index + 16, radix: 16, uppercase: true)
        writer.member("fingerprint256", Array(repeating: byte, count: 32).joined(separator: ":"))
        writer.member("valid_from", "Nov 23 00:00:00 2025 GMT")
        writer.member("valid_to", "Dec  3 00:00:00 2026 GMT")
        writer.endObject()
        writer.key("req")
        writer.beginObject()
        writer.member("method", "GET")
        writer.member("url", "/" + name)
        writer.member("ip", index.isMultiple(of: 2) ? "10.0.0.\(index)" : name)
        writer.member("host", name)
        writer.member("userAgent", name)
        writer.endObject()
        writer.endObject()
        return writer.string
    }
}
