import AuditEvents
import AuditStore
import CertCore
import Glibc
import Testing

@testable import mtlstop

/// JSON and certificates made to hurt, through the socket.
@Suite("Input made to hurt")
struct OddInputTests {
    /// A line and the code it is answered with; nil when it is an event.
    struct Odd: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var line: [UInt8]
        var code: String?

        init(_ name: String, _ line: String, _ code: String?) {
            self.init(name, Array(line.utf8), code)
        }

        init(_ name: String, _ line: [UInt8], _ code: String?) {
            testDescription = name
            self.line = line
            self.code = code
        }
    }

    static let odd: [Odd] = [
        Odd("100,000 deep", #"{"event":"rejected","x":"# + String(repeating: "[", count: 100_000) + "}", "too_deep"),
        Odd("100,000 objects deep", String(repeating: #"{"a":"#, count: 40_000) + "1", "too_deep"),
        Odd(
            "10,000 keys",
            "{" + (0..<10_000).map { "\"k\($0)\":1" }.joined(separator: ",") + "}",
            "too_many_keys"
        ),
        Odd("a key twice", #"{"event":"rejected","\u0065vent":"authenticated"}"#, "dup_key"),
        Odd("1e999 as a time", #"{"event":"rejected","time":1e999}"#, "bad_time"),
        Odd("1e999 where nobody looks", #"{"event":"rejected","x":1e999}"#, nil),
        Odd("-0.0e-999999 as a time", #"{"event":"rejected","time":-0.0e-999999}"#, nil),
        Odd("a byte order mark", [0xEF, 0xBB, 0xBF] + Array(#"{"event":"rejected"}"#.utf8), "bad_json"),
        Odd("two objects", #"{"event":"rejected"}{"event":"rejected"}"#, "bad_json"),
        Odd("a lone surrogate", #"{"event":"rejected","path":"/\ud800x"}"#, nil),
        Odd(
            "invalid UTF-8",
            Array(#"{"event":"rejected","path":"/"#.utf8) + [0xC0, 0xAF, 0xFF] + Array("\"}".utf8),
            nil
        ),
        Odd("a control byte in a string", "{\"event\":\"rejected\",\"path\":\"/\u{1}\"}", "bad_json"),
        Odd("a NUL byte", "{\"event\":\"rejected\",\"path\":\"/\0\"}", "nul_byte"),
        Odd("an escaped NUL", #"{"event":"rejected","path":"/\u0000x"}"#, nil),
        Odd("the time 0", #"{"event":"rejected","time":0}"#, nil),
        Odd("a time above 2^53", #"{"event":"rejected","time":9007199254740993}"#, "bad_time"),
        Odd("a time before 1970", #"{"event":"rejected","time":"1969-12-31T23:59:59Z"}"#, "bad_time"),
        Odd("the last moment", #"{"event":"rejected","time":"9999-12-31T23:59:59.999Z"}"#, nil),
        Odd("a seq of 2^64", #"{"event":"rejected","seq":18446744073709551616}"#, nil),
    ]

    @Test("A line made to hurt gets its code or is an event, and the next line is read", arguments: odd)
    func json(_ odd: Odd) throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send(Array(Lines.bare().utf8) + odd.line + Array("\n".utf8) + Array(Lines.bare().utf8))
        connection.finishSending()
        let answer = connection.line()
        #expect(try answer.map { try JSONValue(parsing: $0)["err"]?.stringValue } == odd.code.map { Optional($0) })
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events == (odd.code == nil ? 3 : 2))
        #expect(status.badLines == (odd.code == nil ? 0 : 1))
    }

    @Test("A certificate made to hurt costs only itself: the event is stored, and the collector goes on")
    func certificates() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        let certificate = try #require(try fixture("rsa-2048"))
        let nulled = try #require(try fixture("subject-nul"))
        let negative = try #require(try fixture("serial-negative"))
        let many = try manyNames(in: folder)
        #expect(many.count > 64 << 10, "ten thousand names are more than a certificate may hold here")
        let cases: [(der: [UInt8], code: String?)] = [
            ([UInt8](repeating: 0x30, count: 150_000), "cert_too_large"), (many, "cert_too_large"),
            (Array(certificate.dropLast(7)), "bad_cert"), ([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], "bad_cert"),
            ([UInt8](repeating: 0xFF, count: 4000), "bad_cert"), (nulled, nil),
            (negative, nil), (certificate, nil),
        ]
        for (der, code) in cases {
            connection.send("{\"event\":\"rejected\",\"cert\":{\"raw\":\"\(Base64.encode(der))\"}}\n")
            if let code { #expect(try connection.answer()["err"]?.stringValue == code) }
        }
        connection.finishSending()
        #expect(connection.line() == nil)
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events == Int64(cases.count))
        #expect(status.certificates == 3)
    }

    @Test("Names that are new in every event are all kept, word for word, and memory stays bounded")
    func newNames() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        let total: UInt64 = 9000
        let padding = String(repeating: "n", count: 8000)
        let lines = (1...total).map { number in
            "{\"event\":\"rejected\",\"seq\":\(number),\"path\":\"/\(number)/\(padding)\","
                + "\"reason\":\"r\(number)\(padding)\",\"ip\":\"10.\(number)\"}\n"
        }
        let sender = Sender(connection, lines.joined())
        try connection.waitForAck(total)
        sender.wait()
        let memory = Descriptors.memory(of: collector.child.pid)
        #expect(memory < 256 << 20, "\(memory >> 20) MiB; 144 MB of names were sent, of which 48 MB are kept in memory")
        #expect(try collector.terminate() == 0)
        let reader = try AuditReader(path: folder.database)
        for number in [1, total / 2, total] {
            let row = try #require(try reader.event(id: Int64(number)))
            #expect(row.path == "/\(number)/\(padding)")
            #expect(row.reason == "r\(number)\(padding)")
        }
        #expect(try reader.status().events == Int64(total))
    }

    private func fixture(_ name: String, _ file: String = #filePath) throws -> [UInt8]? {
        guard let tests = file.firstRange(of: "/Tests/") else { return nil }
        let path = file[..<tests.lowerBound] + "/fixtures/certificates/\(name).der"
        guard let handle = fopen(String(path), "r") else { return nil }
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: 128 << 10)
        let count = fread(&bytes, 1, bytes.count, handle)
        return Array(bytes.prefix(count))
    }

    /// A certificate with ten thousand names, made by openssl.
    private func manyNames(in folder: TestFolder) throws -> [UInt8] {
        let names = (0..<10_000).map { "DNS.\($0) = host-\($0).example" }.joined(separator: "\n")
        let text =
            "[req]\ndistinguished_name = n\nx509_extensions = e\n[n]\n[e]\nsubjectAltName = @names\n[names]\n\(names)\n"
        _ = try folder.write(Array(text.utf8), to: "many.cnf")
        let arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=many",
            "-config", folder["many.cnf"], "-keyout", folder["many.key"], "-outform", "DER", "-out", folder["many.der"],
        ]
        let tool = try ChildProcess(arguments, in: folder, label: "openssl", program: "/usr/bin/openssl")
        try #require(try tool.wait() == 0, "\(tool.errors)")
        guard let handle = fopen(folder["many.der"], "r") else { return [] }
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, handle)
        return Array(bytes.prefix(count))
    }
}
