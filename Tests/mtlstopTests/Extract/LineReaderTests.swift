import Glibc
import Testing

@testable import mtlstop

@Suite("Line reader")
struct LineReaderTests {
    /// Writes the parts into a pipe from a thread and reads all lines.
    private func lines(_ parts: [[UInt8]], limit: Int) throws -> [LineReader.Line] {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let (readEnd, writeEnd) = (ends[0], ends[1])
        defer { close(readEnd) }
        let writer = try Worker {
            for part in parts {
                var rest = part[...]
                while !rest.isEmpty {
                    let written = rest.withUnsafeBytes { write(writeEnd, $0.baseAddress, $0.count) }
                    if written <= 0 { break }
                    rest = rest.dropFirst(written)
                }
            }
            close(writeEnd)
        }
        defer { writer.join() }
        var reader = LineReader(descriptor: readEnd, limit: limit)
        var result: [LineReader.Line] = []
        while let line = try reader.next() { result.append(line) }
        return result
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("Lines are told apart whatever the reads, with or without a last newline")
    func splitting() throws {
        let expected: [LineReader.Line] = ["a", "", "bc", "d"].map { .bytes(bytes($0)) }
        #expect(try lines([bytes("a\n\nb"), bytes("c\r\n"), bytes("d")], limit: 10) == expected)
        #expect(try lines([bytes("a\n\nbc\nd\n")], limit: 10) == expected)
        #expect(try lines([], limit: 10) == [])
    }

    @Test("A line over the limit is skipped and the next one is read", arguments: [11, 300_000])
    func overlong(length: Int) throws {
        let long = [UInt8](repeating: 0x78, count: length)
        #expect(try lines([long + bytes("\nok\n")], limit: 10) == [.tooLong, .bytes(bytes("ok"))])
        #expect(try lines([bytes("ok\n") + long], limit: 10) == [.bytes(bytes("ok")), .tooLong])
    }

    @Test("A long line within the limit comes whole")
    func long() throws {
        let long = [UInt8](repeating: 0x78, count: 200_000)
        #expect(try lines([long + [0x0A], long], limit: 200_000) == [.bytes(long), .bytes(long)])
    }

    @Test("A descriptor that cannot be read is an I/O failure")
    func unreadable() throws {
        var reader = LineReader(descriptor: -1, limit: 10)
        #expect {
            _ = try reader.next()
        } throws: { error in
            (error as? Failure)?.status == .ioError
        }
    }
}
