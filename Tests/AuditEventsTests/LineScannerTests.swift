import AuditEvents
import CertCore
import Testing

@Suite("The scanner of event lines")
struct LineScannerTests {
    /// Scans one line and gives the event to `body` while its views are valid.
    private func scan(_ line: String, _ body: (ScannedEvent) throws -> Void) throws {
        var scanner = LineScanner()
        try Array(line.utf8).withUnsafeBytes { bytes in
            guard case .event(let event) = try scanner.scan(bytes) else {
                Issue.record("the line is no event: \(line)")
                return
            }
            try body(event)
        }
    }

    private func error(_ line: String) -> LineError? {
        error(bytes: Array(line.utf8))
    }

    private func error(bytes: [UInt8]) -> LineError? {
        var scanner = LineScanner()
        return bytes.withUnsafeBytes { bytes -> LineError? in
            do throws(LineError) {
                _ = try scanner.scan(bytes)
                return nil
            } catch {
                return error
            }
        }
    }

    static let full = #"""
        {"event":"rejected","seq":7,"time":"2026-11-23T13:00:00.123Z","service":"billing","source":"socket",
         "reason":"socket_not_authorized",
         "cert":{"subject":{"CN":"svc-a","O":"Example"},"fingerprint256":"AB:","raw":"AQID",
                 "issuerCertificate":{"raw":"BAUG","issuerCertificate":{"raw":{"type":"Buffer","data":[7,8]}}}},
         "req":{"method":"GET","url":"/v1/x?y=1","ip":"10.0.0.1","port":51544,"host":"api.example","userAgent":"curl/8"},
         "tls":{"authorized":false,"authorizationError":"CERT_HAS_EXPIRED","protocol":"TLSv1.3",
                "cipher":"TLS_AES_128_GCM_SHA256","resumed":false,"servername":"api.example"}}
        """#

    @Test("The full form is read field by field")
    func fullForm() throws {
        let line = Self.full.replacing("\"AB:\"", with: "\"" + Self.sha256 + "\"")
        try scan(line) { event in
            #expect(event.outcome == .rejected)
            #expect(event.sequence == 7)
            #expect(event.time?.rfc3339 == "2026-11-23T13:00:00.123Z")
            #expect(event.text(.service) == "billing")
            #expect(event.text(.source) == "socket")
            #expect(event.text(.reason) == "socket_not_authorized")
            #expect(event.text(.commonName) == "svc-a")
            #expect(event.subjectText == "O=Example,CN=svc-a")
            #expect(event.text(.certificateBase64) == "AQID")
            #expect(event.fingerprint(.fingerprint256)?.bytes.count == 32)
            #expect(event.text(.method) == "GET")
            #expect(event.text(.url) == "/v1/x?y=1")
            #expect(event.text(.ip) == "10.0.0.1")
            #expect(event.port == 51544)
            #expect(event.text(.host) == "api.example")
            #expect(event.text(.userAgent) == "curl/8")
            #expect(event.authorized == false)
            #expect(event.text(.authorizationError) == "CERT_HAS_EXPIRED")
            #expect(event.text(.protocolVersion) == "TLSv1.3")
            #expect(event.text(.cipher) == "TLS_AES_128_GCM_SHA256")
            #expect(event.resumed == false)
            #expect(event.text(.serverName) == "api.example")
            #expect(event.unknownKeys == 0)
            #expect(event.marks == [])
        }
    }

    static let sha256 = Array(repeating: "AB", count: 32).joined(separator: ":")
    static let sha1 = Array(repeating: "cd", count: 20).joined()

    @Test("A chain is read nearest issuer first, in base64 and as Node's Buffer")
    func chain() throws {
        let line = Self.full.replacing("\"AB:\"", with: "null")
        try scan(line) { event in
            var der: [UInt8] = []
            #expect(event.leaf?.decode(into: &der) == true)
            #expect(der == [1, 2, 3])
            #expect(event.issuerCount == 2)
            #expect(event.issuerCertificate(0)?.decode(into: &der) == true)
            #expect(der == [4, 5, 6])
            #expect(event.issuerCertificate(1)?.decode(into: &der) == true)
            #expect(der == [7, 8])
            #expect(event.issuerCertificate(2) == nil)
        }
    }

    @Test("The flat form is the same event")
    func flatForm() throws {
        let line =
            #"{"event":"authenticated","cn":"svc-a","fingerprint":"\#(Self.sha1)","method":"GET","path":"/x","ip":"::1"}"#
        try scan(line) { event in
            #expect(event.outcome == .authenticated)
            #expect(event.text(.commonName) == "svc-a")
            #expect(event.fingerprint(.fingerprint1)?.hex == Self.sha1)
            #expect(event.text(.method) == "GET")
            #expect(event.text(.url) == "/x")
            #expect(event.text(.ip) == "::1")
            #expect(event.sequence == nil)
            #expect(event.time == nil)
            #expect(event.unknownKeys == 0)
        }
    }

    @Test("Values of the full form win over those of the flat form, in either order")
    func fullOverFlat() throws {
        for line in [
            #"{"event":"rejected","path":"/flat","req":{"url":"/full"},"cn":"f","cert":{"subject":{"CN":"c"}}}"#,
            #"{"event":"rejected","req":{"url":"/full"},"path":"/flat","cert":{"subject":{"CN":"c"}},"cn":"f"}"#,
        ] {
            try scan(line) { event in
                #expect(event.text(.url) == "/full")
                #expect(event.text(.commonName) == "c")
            }
        }
    }

    @Test("Only the event's kind is required; null means absent everywhere")
    func minimal() throws {
        let line =
            #"{"event":"rejected","time":null,"service":null,"reason":null,"cert":null,"req":null,"tls":null,"ip":null}"#
        try scan(line) { event in
            #expect(LineField.allCases.allSatisfy { event.bytes($0) == nil })
            #expect(event.leaf == nil)
            #expect(event.time == nil)
        }
        try scan(#" { "event" : "authenticated" , "cert" : { } } "#) { #expect($0.objectOffset == 1) }
    }

    @Test(
        "Times are RFC 3339, seconds or milliseconds",
        arguments: [
            ("\"2026-11-23T13:00:00Z\"", 1_795_438_800_000), ("1795438800", 1_795_438_800_000),
            ("1795438800.123", 1_795_438_800_123), ("1795438800123", 1_795_438_800_123), ("0", 0),
            ("1.7954388e9", 1_795_438_800_000), ("99999999999", 99_999_999_999_000), ("100000000000", 100_000_000_000),
            ("\"2026-11-23t14:00:00.5+01:00\"", 1_795_438_800_500), ("1795438800.9999", 1_795_438_800_999),
        ]
    )
    func times(text: String, milliseconds: Int64) throws {
        try scan(#"{"event":"rejected","time":\#(text)}"#) { #expect($0.time?.milliseconds == milliseconds) }
    }

    @Test(
        "Every mistake has its code and its column",
        arguments: [
            ("[1]", "bad_json", 1), (#"{"event":"rejected""#, "bad_json", 20),
            (#"{"event":"rejected",}"#, "bad_json", 21),
            (#"{"event":"rejected"} x"#, "bad_json", 22), (#"{"event":"rejected","a":01}"#, "bad_json", 26),
            (#"{"event":"rejected","a":1.}"#, "bad_json", 27), (#"{"event":"rejected","a":+1}"#, "bad_json", 25),
            (#"{"event":"rejected","a":"\q"}"#, "bad_json", 27),
            (#"{"event":"rejected","a":"\u00g0"}"#, "bad_json", 30),
            (#"{"event":"rejected","a":nul}"#, "bad_json", 28), (#"{'event':"rejected"}"#, "bad_json", 2),
            ("{\"event\":\"rejected\",\"a\":\"x\ty\"}", "bad_json", 27),
            ("{\"event\":\"rej\u{0}ected\"}", "nul_byte", 14),
            (#"{"event":"rejected","event":"rejected"}"#, "dup_key", 21),
            (#"{"event":"rejected","x":1,"\u0078":2}"#, "dup_key", 27),
            (#"{"event":"rejected","\u0065vent":"rejected"}"#, "dup_key", 21),
            (#"{"event":"rejected","x":{"y":[{"z":1,"z":2}]}}"#, "dup_key", 38),
            (#"{"event":"rejected","cert":{"subject":{"CN":"a","CN":"b"}}}"#, "dup_key", 49),
            (#"{"event":"accepted"}"#, "unknown_event", 10), (#"{"event":1}"#, "wrong_type", 10),
            (#"{"cn":"a"}"#, "missing_field", 1), (#"{}"#, "missing_field", 1),
            (#"{"event":"rejected","service":1}"#, "wrong_type", 31),
            (#"{"event":"rejected","req":"x"}"#, "wrong_type", 27),
            (#"{"event":"rejected","req":{"port":"80"}}"#, "wrong_type", 35),
            (#"{"event":"rejected","req":{"port":65536}}"#, "wrong_type", 35),
            (#"{"event":"rejected","tls":{"resumed":0}}"#, "wrong_type", 38),
            (#"{"event":"rejected","cert":{"raw":7}}"#, "wrong_type", 35),
            (#"{"event":"rejected","time":"yesterday"}"#, "bad_time", 28),
            (#"{"event":"rejected","time":-1}"#, "bad_time", 28),
            (#"{"event":"rejected","time":"1969-12-31T23:59:59Z"}"#, "bad_time", 28),
            (#"{"event":"rejected","time":253402300800000}"#, "bad_time", 28),
            (#"{"event":"rejected","time":true}"#, "wrong_type", 28),
            (#"{"event":"rejected","seq":0}"#, "bad_seq", 27), (#"{"event":"rejected","seq":1.0}"#, "bad_seq", 27),
            (#"{"event":"rejected","seq":"1"}"#, "bad_seq", 27),
            (#"{"event":"rejected","seq":9223372036854775808}"#, "bad_seq", 27),
            (#"{"mtlstop":2}"#, "unknown_version", 12), (#"{"mtlstop":"1"}"#, "bad_hello", 12),
            (#"{"mtlstop":1,"ack":true}"#, "bad_hello", 12), (#"{"mtlstop":1,"producer":"me"}"#, "bad_hello", 25),
            (#"{"mtlstop":1,"ack":1}"#, "bad_hello", 20), (#"{"drop":"x"}"#, "wrong_type", 9),
            (#"{"drop":1,"since":"x"}"#, "bad_time", 19), (#"{"certificate":1}"#, "wrong_type", 16),
        ]
    )
    func mistakes(line: String, code: String, column: Int) {
        let error = error(line)
        #expect(error?.code.rawValue == code)
        #expect(error?.column == column)
        #expect(error?.message.isEmpty == false)
    }

    @Test("Depth 16 is accepted and 17 refused; 64 keys are accepted and 65 refused")
    func nesting() {
        func nested(_ depth: Int) -> String {
            #"{"event":"rejected","x":"# + String(repeating: "[", count: depth - 1)
                + String(repeating: "]", count: depth - 1) + "}"
        }
        func wide(_ keys: Int) -> String {
            "{\"event\":\"rejected\"" + (1..<keys).map { ",\"k\($0)\":1" }.joined() + "}"
        }
        #expect(error(nested(16)) == nil)
        #expect(error(nested(17))?.code == .tooDeep)
        #expect(error(wide(64)) == nil)
        #expect(error(wide(65))?.code == .tooManyKeys)
    }

    @Test("A line of the limit is accepted, one byte more is not")
    func longest() {
        func line(_ bytes: Int) -> String {
            let frame = #"{"event":"rejected","pad":""}"#
            return #"{"event":"rejected","pad":""# + String(repeating: "x", count: bytes - frame.utf8.count) + "\"}\n"
        }
        #expect(error(line(262_143)) == nil)
        #expect(error(line(262_144))?.code == .lineTooLong)
    }

    @Test("The number of a faulty line is found all the same")
    func sequenceOfFaultyLines() {
        #expect(error(#"{"event":"rejected","seq":12,"a":}"#)?.sequence == 12)
        #expect(error(#"{"a":nope,"b":{"seq":5},"seq":13}"#)?.sequence == 13)
        #expect(error(#"{"event":"what","seq": 14 }"#)?.sequence == 14)
        #expect(error(#"{"event":"what","s":"\"seq\":9,"}"#)?.sequence == nil)
        #expect(error(#"{"event":"rejected","seq":1"#)?.sequence == nil)
        #expect(error(#"{"event":"rejected","seq":15,"seq":16}"#)?.sequence == 15)
    }

    @Test("Invalid UTF-8 and lone surrogates become U+FFFD and are marked")
    func repairs() throws {
        var scanner = LineScanner()
        let line = Array(#"{"event":"rejected","seq":3,"reason":"a"#.utf8) + [0xff, 0xe2, 0x82] + Array("b\"}".utf8)
        try line.withUnsafeBytes { bytes in
            guard case .event(let event) = try scanner.scan(bytes) else {
                Issue.record("no event")
                return
            }
            #expect(event.text(.reason) == "a\u{fffd}\u{fffd}b")
            #expect(event.marks == .repairedUTF8)
            #expect(event.sequenceRange.map { Array(line[$0]) } == Array("3".utf8))
        }
        try scan(#"{"event":"rejected","reason":"\ud800x\udc00\ud83d\ude00"}"#) { event in
            #expect(event.text(.reason) == "\u{fffd}x\u{fffd}😀")
            #expect(event.marks == .repairedUTF8)
        }
        let broken = Array("{\"a\":\"".utf8) + [0xff, 0xff] + Array("\",}".utf8)
        #expect(error(bytes: broken)?.column == 11)
    }

    @Test("Escapes are undone")
    func escapes() throws {
        try scan(#"{"\u0065vent":"rejec\u0074ed","reason":"\"\\\/\b\f\n\r\t\u00e9\u20AC\u0000"}"#) { event in
            #expect(event.outcome == .rejected)
            #expect(event.text(.reason) == "\"\\/\u{8}\u{c}\n\r\té€\u{0}")
            #expect(event.marks == [])
        }
    }

    @Test("A long string is cut on the border of a scalar and marked")
    func longStrings() throws {
        let text = String(repeating: "x", count: 8190) + "€€"
        try scan(#"{"event":"rejected","reason":"\#(text)"}"#) { event in
            #expect(event.bytes(.reason)?.count == 8190)
            #expect(event.marks == .cutString)
        }
        try scan(#"{"event":"rejected","reason":"\#(String(repeating: "x", count: 8192))"}"#) { event in
            #expect(event.bytes(.reason)?.count == 8192)
            #expect(event.marks == [])
        }
    }

    @Test("A certificate over 64 KiB is left out and the event kept")
    func largeCertificates() throws {
        let text = Base64.encode([UInt8](repeating: 0x30, count: 65537))
        try scan(#"{"event":"rejected","cert":{"raw":"\#(text)"}}"#) { event in
            #expect(event.leaf == nil)
            #expect(event.marks.certificateProblem == .certTooLarge)
        }
        let fits = Base64.encode([UInt8](repeating: 0x30, count: 65536))
        try scan(#"{"event":"rejected","cert":{"raw":"\#(fits)"}}"#) { #expect($0.leaf != nil) }
    }

    @Test("What cannot be a certificate is marked and the event kept")
    func badCertificates() throws {
        for cert in [#"{"raw":{"type":"Buffer","data":[1,256]}}"#, #"{"raw":{}}"#, #"{"fingerprint256":"zz"}"#] {
            try scan(#"{"event":"rejected","cert":\#(cert)}"#) { event in
                #expect(event.leaf == nil)
                #expect(event.marks.certificateProblem == .badCert)
            }
        }
    }

    @Test("Ten issuers are kept, the eleventh is marked")
    func longChains() throws {
        func chain(_ count: Int) -> String {
            count == 0 ? #"{"raw":"AQID"}"# : #"{"raw":"AQID","issuerCertificate":\#(chain(count - 1))}"#
        }
        try scan(#"{"event":"rejected","cert":\#(chain(10))}"#) { event in
            #expect(event.issuerCount == 10)
            #expect(event.marks == [])
        }
        try scan(#"{"event":"rejected","cert":\#(chain(11))}"#) { event in
            #expect(event.issuerCount == 10)
            #expect(event.marks == .cutChain)
        }
        try scan(
            #"{"event":"rejected","cert":{"raw":"AQID","issuerCertificate":{"issuerCertificate":{"raw":"AQID"}}}}"#
        ) {
            #expect($0.issuerCount == 0)
        }
    }

    @Test("Unknown keys are counted and otherwise ignored")
    func unknownKeys() throws {
        try scan(#"{"event":"rejected","x":1,"req":{"y":[1,{"z":null}]},"tls":{"w":"v"},"cert":{"q":{}}}"#) {
            #expect($0.unknownKeys == 4)
        }
    }

    @Test("PEM is taken as a certificate's bytes")
    func pem() throws {
        let pem = #"junk\n-----BEGIN CERTIFICATE-----\nAQ\nID\n-----END CERTIFICATE-----\n"#
        try scan(#"{"event":"rejected","cert":{"pem":"\#(pem)"}}"#) { event in
            var der: [UInt8] = []
            #expect(event.leaf?.decode(into: &der) == true)
            #expect(der == [1, 2, 3])
        }
    }

    @Test("A bare connection's number is not looked at")
    func bareMode() throws {
        var scanner = LineScanner()
        scanner.checksSequence = false
        try Array(#"{"event":"rejected","seq":"x"}"#.utf8).withUnsafeBytes { bytes in
            guard case .event(let event) = try scanner.scan(bytes) else {
                Issue.record("no event")
                return
            }
            #expect(event.sequence == nil)
            #expect(event.sequenceRange == 26..<29)
        }
    }

    @Test(
        "A line can be given another number",
        arguments: [
            (#"{"event":"rejected","seq":5}"#, #"{"event":"rejected","seq":42}"#),
            (#" {"seq":"junk","event":"rejected"}"#, #" {"seq":42,"event":"rejected"}"#),
            (#"{"event":"rejected"}"#, #"{"seq":42,"event":"rejected"}"#),
        ]
    )
    func renumbering(line: String, expected: String) throws {
        var scanner = LineScanner()
        scanner.checksSequence = false
        try Array((line + "\n").utf8).withUnsafeBytes { bytes in
            guard case .event(let event) = try scanner.scan(bytes) else {
                Issue.record("no event")
                return
            }
            var output: [UInt8] = []
            SequencedLine.append(bytes, of: event, sequence: 42, to: &output)
            #expect(String(decoding: output, as: UTF8.self) == expected)
        }
    }

    @Test("Lines of control are recognised")
    func control() throws {
        var scanner = LineScanner()
        func kind(_ line: String) throws -> String {
            try Array(line.utf8).withUnsafeBytes { bytes in
                switch try scanner.scan(bytes) {
                case .hello(let hello): "hello \(hello.producer ?? "-") \(hello.app ?? "-") \(hello.ack)"
                case .bye: "bye"
                case .drop(let count, let since): "drop \(count) \(since?.milliseconds ?? -1)"
                case .certificate(let text): "certificate \(String(decoding: text, as: UTF8.self))"
                case .empty: "empty"
                case .event: "event"
                }
            }
        }
        let uuid = "0b7e5a3c-1111-4222-8333-ABCDEFABCDEF"
        #expect(
            try kind(#"{"mtlstop":1,"producer":"\#(uuid)","app":"checkout/1.4.2","ack":true}"#)
                == "hello \(uuid.lowercased()) checkout/1.4.2 true"
        )
        #expect(try kind(#"{"mtlstop":1}"#) == "hello - - false")
        #expect(try kind(#"{"bye":1}"#) == "bye")
        #expect(try kind(#"{"drop":42,"since":1000}"#) == "drop 42 1000000")
        #expect(try kind(#"{"drop":42}"#) == "drop 42 -1")
        #expect(try kind(#"{"certificate":"AQID"}"#) == "certificate AQID")
        #expect(try kind("") == "empty")
        #expect(try kind(" \r\n") == "empty")
        #expect(try kind(#"{"event":"rejected","drop":"x","mtlstop":9}"#) == "event")
    }
}
