import AuditEvents
import AuditStore
import CertCore

/// Events whose every text is an attack on whoever shows it.
enum HostileTraffic {
    /// Texts that terminals, tables, spreadsheets or pages would obey, in JSON's notation.
    static let texts = [
        #"\u001b[2J\u001b[H\u001b]0;owned\u0007"#,
        #"\u001b]52;c;cHduZWQ=\u0007"#,
        #"\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\"#,
        #"\u001bPq#0;2;0;0;0#0~~@@vv\u001b\\"#,
        #"\u001b_Gf=24;AAAA\u001b\\"#,
        #"\u009b31mred\u009d0;owned\u009c"#,
        #"admin\u202egpj.exe\u2066\u2069"#,
        #"\u200b\u200d\ufeff\u00ad\udb40\udc41"#,
        #"a\u0301\u0302\u0303\u0304\u0305 \u754c\u754c\u754c"#,
        #"=cmd|'/c calc'!A1"#,
        #"<script>alert(1)</script>\"><img src=x>"#,
        #"line\r\nbreak\ttab\u0000nul\u007fdel"#,
    ]

    /// One rejected and one accepted event for each text, in every field that is shown.
    static var lines: [String] {
        texts.enumerated().flatMap { index, text in
            [line("rejected", text, index), line("authenticated", text, index + 40)]
        }
    }

    /// Bytes that are no UTF-8, and a name of 64 KiB: lines as a broken client sends them.
    static var brokenLines: [[UInt8]] {
        let long = String(repeating: #"\u001b]0;x\u0007"#, count: 4_000)
        let head = Array(#"{"event":"rejected","reason":"callback_returned_false","cn":""#.utf8)
        let tail = Array(#"","ip":"192.0.2.1"}"#.utf8)
        return [
            head + [0xFF, 0xFE, 0x80, 0x9B, 0x33, 0x31, 0x6D, 0xC2, 0x9D, 0x30, 0x3B] + tail,
            head + Array(long.utf8) + tail,
            [0x1B] + Array("]0;not json".utf8) + [0x07],
        ]
    }

    private static func line(_ outcome: String, _ text: String, _ number: Int) -> String {
        let pair = String(number + 16, radix: 16)
        let fingerprint = String(repeating: pair, count: 32)
        return """
            {"event":"\(outcome)","reason":"thrown \(text)","service":"s\(text)","cert":{"subject":{"CN":"cn\(text)"},\
            "issuer":{"CN":"ca\(text)"},"fingerprint256":"\(fingerprint)","subjectaltname":"DNS:\(text)",\
            "valid_from":"Jan  1 00:00:00 2020 GMT","valid_to":"Dec  1 00:00:00 2026 GMT"},\
            "req":{"method":"GET","url":"/p\(text)","ip":"192.0.2.\(number)","host":"h\(text)","userAgent":"ua\(text)"},\
            "tls":{"authorized":false,"authorizationError":"e\(text)"}}
            """
    }
}

/// A database of nothing but hostile events.
struct HostileDatabase {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        let now = FixtureCast.now
        let writer = try AuditWriter(path: folder["audit.db"], now: now)
        let session = writer.beginSession(peer: PeerCredentials(pid: 1, uid: 1, gid: 1), now: now)
        var scanner = LineScanner()
        for line in HostileTraffic.lines.map({ Array($0.utf8) }) + HostileTraffic.brokenLines.prefix(1) {
            try line.withUnsafeBytes { bytes in
                guard case .event(let event) = try scanner.scan(bytes) else { return }
                _ = try writer.append(event, session: session, producer: nil, received: now)
            }
        }
        writer.endSession(session, now: now)
        try writer.close(now: now)
    }

    var path: String { folder["audit.db"] }
}
