import AuditEvents
import CertCore
import SafeText

/// Answers request lines one after the other and counts them.
struct ExtractionRun {
    /// When validity is judged; nil for the time at which each line is answered.
    let clock: Clock
    /// Lines that held a request, whatever came of it, and lines that could not be read.
    private(set) var requests = 0
    /// Requests that gave a certificate.
    private(set) var succeeded = 0
    /// Whether a line was no JSON object.
    private(set) var hasBadLines = false

    /// The longest line that is read; a Lambda event may have 6 MB.
    static let longestLine = 16 << 20

    init(clock: Clock) {
        self.clock = clock
    }

    /// Answers one line by appending one line; a blank line appends nothing.
    mutating func answer(_ line: LineReader.Line, to writer: inout JSONWriter) {
        guard case .bytes(let bytes) = line else {
            return fail("the line is longer than \(Self.longestLine) bytes", to: &writer)
        }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
        do throws(LineError) {
            let value = try JSONValue(parsing: bytes)
            guard let request = ExtractionRequest(value) else {
                return fail("the line is no JSON object", to: &writer)
            }
            answer(request, to: &writer)
        } catch {
            let place = error.column.map { " at column \($0)" } ?? ""
            fail(error.message + place, to: &writer)
        }
    }

    /// The line that `--quiet` prints at the end.
    func writeSummary(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("requests", requests)
        writer.member("succeeded", succeeded)
        writer.endObject()
        writer.newline()
    }

    private mutating func answer(_ request: ExtractionRequest, to writer: inout JSONWriter) {
        requests += 1
        do throws(ConfigurationError) {
            let result = try request.result(at: clock.now)
            if result.success { succeeded += 1 }
            Self.write(result, to: &writer)
        } catch {
            Self.write(error: error.message, to: &writer)
        }
    }

    private mutating func fail(_ why: String, to writer: inout JSONWriter) {
        requests += 1
        hasBadLines = true
        Self.write(error: why, to: &writer)
    }

    private static func write(_ result: ExtractionResult, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("success", result.success)
        writer.key("certificate" as StaticString)
        if let certificate = result.certificate {
            certificate.writePeerCertificate(to: &writer)
        } else {
            writer.null()
        }
        writer.member("reason", result.reason?.rawValue)
        writer.member("detail", result.detail?.rawValue)
        writer.endObject()
        writer.newline()
    }

    private static func write(error: String, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("error", error)
        writer.endObject()
        writer.newline()
    }
}
