import AuditEvents
import SafeText

/// What a line of input turns out to be.
enum RequestLine {
    /// Nothing but blanks.
    case blank
    /// No JSON object, and why.
    case bad(String)
    /// A request.
    case request(ExtractionRequest)

    /// The longest line that is read; a Lambda event may have 6 MB.
    static let longest = 16 << 20

    /// The most values of a line, so that none takes more than a few times its length of memory.
    static let mostValues = 1 << 16

    /// Reads a line.
    init(_ line: LineReader.Line) {
        guard case .bytes(let bytes) = line else {
            self = .bad("the line is longer than \(Self.longest) bytes")
            return
        }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            self = .blank
            return
        }
        do throws(LineError) {
            let request = ExtractionRequest(try JSONValue(parsing: bytes, values: Self.mostValues))
            self = request.map(Self.request) ?? .bad("the line is no JSON object")
        } catch {
            self = .bad(error.message + (error.column.map { " at column \($0)" } ?? ""))
        }
    }

    /// The answer to what cannot be answered otherwise.
    static func write(error: String, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("error", error)
        writer.endObject()
        writer.newline()
    }

    /// The line that `--quiet` prints at the end.
    static func writeSummary(requests: Int, succeeded: Int, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("requests", requests)
        writer.member("succeeded", succeeded)
        writer.endObject()
        writer.newline()
    }
}
