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

    init(clock: Clock) {
        self.clock = clock
    }

    /// Answers one line by appending one line; a blank line appends nothing.
    mutating func answer(_ line: LineReader.Line, to writer: inout JSONWriter) {
        switch RequestLine(line) {
        case .blank: return
        case .bad(let why):
            requests += 1
            hasBadLines = true
            RequestLine.write(error: why, to: &writer)
        case .request(let request):
            requests += 1
            answer(request, to: &writer)
        }
    }

    /// The line that `--quiet` prints at the end.
    func writeSummary(to writer: inout JSONWriter) {
        RequestLine.writeSummary(requests: requests, succeeded: succeeded, to: &writer)
    }

    private mutating func answer(_ request: ExtractionRequest, to writer: inout JSONWriter) {
        do throws(ConfigurationError) {
            let result = try request.result(at: clock.now)
            if result.success { succeeded += 1 }
            Self.write(result, to: &writer)
        } catch {
            RequestLine.write(error: error.message, to: &writer)
        }
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
}
