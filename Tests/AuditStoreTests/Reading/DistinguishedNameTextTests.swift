import Testing

@testable import AuditStore

@Suite("Names that are only known as text")
struct DistinguishedNameTextTests {
    @Test(
        "The first common name is read, its escapes undone",
        arguments: [
            ("CN=svc-a,O=Example", "svc-a"), ("O=Example, cn=svc-a", "svc-a"), ("OU=x+CN=svc-a", "svc-a"),
            (#"CN=a\,b,O=x"#, "a,b"), (#"CN=a\\,O=x"#, #"a\"#), (#"CN=a\0Ab"#, "a\nb"), (#"CN=a\0ab"#, "a\nb"),
            (#"CN=B\C3\BCcher"#, "B\u{fc}cher"), (#"CN=\1B[2J"#, "\u{1b}[2J"), (#"CN=a\2Cb\2B"#, "a,b+"),
            ("CN=\\#a", "#a"), (#"CN=a\"#, #"a\"#), (#"CN=a\A"#, "aA"), (#"CN=\FF"#, "\u{fffd}"), ("CN=", ""),
            ("O=Example", nil), ("", nil), ("XCN=a", nil),
        ] as [(String, String?)]
    )
    func commonName(text: String, name: String?) {
        #expect(DistinguishedNameText.commonName(in: text) == name)
    }
}
