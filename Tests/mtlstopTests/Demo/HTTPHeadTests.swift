import Testing

@testable import mtlstop

@Suite("Request heads")
struct HTTPHeadTests {
    @Test("Method, target, host and user agent are read whatever the case of the field names")
    func fields() throws {
        let text = "GET /a?b=c HTTP/1.1\r\nHOST: x.test\r\nuser-agent:  y/1\r\nOther: z\r\n\r\n"
        let head = try #require(HTTPHead(Array(text.utf8)))
        #expect(head.method == "GET")
        #expect(head.target == "/a?b=c")
        #expect(head.host == "x.test")
        #expect(head.userAgent == "y/1")
    }

    @Test(
        "A first line without three words is no request",
        arguments: ["", "GET", "GET /", "GET / x HTTP/1.1\r\n\r\n", "\r\n\r\n"]
    )
    func malformed(text: String) {
        #expect(HTTPHead(Array(text.utf8)) == nil)
    }

    @Test("Bytes that are no UTF-8 are repaired, not refused")
    func repaired() throws {
        let head = try #require(HTTPHead(Array("GET /".utf8) + [0xFF] + Array(" HTTP/1.1\r\n\r\n".utf8)))
        #expect(head.target == "/\u{FFFD}")
        #expect(head.host == nil)
    }
}
