import Testing

@testable import mtlstop

@Suite("Fields of CSV")
struct CSVFieldTests {
    @Test(
        "Text",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), (" edge", "\" edge\""),
            ("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("-5", "'-5"), ("+4", "'+4"), ("＝1", "'＝1"),
            ("\tx", "'\\tx"), ("two\nlines", "two\\nlines"), ("\u{1b}[31m", "\\e[31m"), ("", ""),
        ]
    )
    func text(_ value: String, _ expected: String) {
        #expect(CSVField.text(value) == expected)
    }

    @Test("Hexadecimal digits come in pairs with colons; a negative number is guarded")
    func hexadecimal() {
        #expect(CSVField.hexadecimal("0A1B2c") == "0A:1B:2C")
        #expect(CSVField.hexadecimal("123") == "01:23")
        #expect(CSVField.hexadecimal("-05") == "'-05")
        #expect(CSVField.hexadecimal(nil).isEmpty)
        #expect(CSVField.hexadecimal("12E5 no") == "12E5 no")
    }
}
