import Foundation
import SafeText
import TestSupport
import Testing

@Suite("JSON that loses nothing")
struct JSONWriterTests {
    @Test("Objects, arrays and lines get their commas")
    func structure() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("id", 12)
        writer.member("name", "svc-a")
        writer.member("none", nil as String?)
        writer.key("list")
        writer.beginArray()
        writer.value(-1)
        writer.value(true)
        writer.beginObject()
        writer.endObject()
        writer.null()
        writer.endArray()
        writer.key("raw")
        writer.raw(Array("[1]".utf8))
        writer.member("san", ["DNS:a", "DNS:b"])
        writer.endObject()
        writer.newline()
        writer.beginArray()
        writer.endArray()
        #expect(
            writer.string == """
                {"id":12,"name":"svc-a","none":null,"list":[-1,true,{},null],"raw":[1],"san":["DNS:a","DNS:b"]}
                []
                """
        )
    }

    @Test(
        "Harmful characters are written as \\uXXXX, and text stays readable",
        arguments: [
            ("plain", "\"plain\""), ("q\"b\\", "\"q\\\"b\\\\\""), ("\u{1B}[2J\n", "\"\\u001b[2J\\u000a\""),
            ("\u{7F}\u{9B}", "\"\\u007f\\u009b\""), ("a\u{202E}b", "\"a\\u202eb\""),
            ("\u{E0041}", "\"\\udb40\\udc41\""), ("Grüße 世界", "\"Grüße 世界\""), ("", "\"\""),
        ]
    )
    func strings(input: String, json: String) {
        var writer = JSONWriter()
        writer.value(input)
        #expect(writer.string == json)
    }

    @Test("Integers of every size are written", arguments: [0, 7, -7, 10, 1_234_567_890, Int64.max, Int64.min])
    func integers(value: Int64) {
        var writer = JSONWriter()
        writer.value(value)
        #expect(writer.string == String(value))
    }

    @Test("Bytes that are no UTF-8 become replacement characters")
    func repair() {
        var writer = JSONWriter()
        [UInt8](arrayLiteral: 0x61, 0xFF, 0xC3, 0x62).withUnsafeBytes { writer.value(utf8: $0) }
        #expect(writer.string == "\"a\u{FFFD}\u{FFFD}b\"")
    }

    @Test("Base64 is what Foundation writes")
    func base64() {
        var generator = SeededGenerator("base64")
        for length in 0..<70 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            var writer = JSONWriter()
            writer.value(base64: bytes)
            #expect(writer.string == "\"" + Data(bytes).base64EncodedString() + "\"")
        }
    }

    @Test("Any string reads back as it was, and no harmful scalar is in the output")
    func roundTrip() throws {
        var generator = SeededGenerator("JSON round trip")
        for _ in 0..<2000 {
            let original = generator.hostileString(upTo: 60)
            var writer = JSONWriter()
            writer.beginObject()
            writer.key(original)
            writer.value(original)
            writer.endObject()
            #expect(writer.string.unicodeScalars.allSatisfy { !$0.isHiddenOrHarmful }, "seed \(generator.seed)")
            let object = try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: String]
            let (key, value) = try #require(object?.first, "seed \(generator.seed)")
            #expect(Array(key.utf8) == Array(original.utf8), "seed \(generator.seed)")
            #expect(Array(value.utf8) == Array(original.utf8), "seed \(generator.seed)")
        }
    }

    @Test("A writer can be used again")
    func reuse() {
        var writer = JSONWriter(capacity: 16)
        writer.value("a")
        writer.removeAll(keepingCapacity: true)
        writer.value(1)
        #expect(writer.string == "1")
    }
}
