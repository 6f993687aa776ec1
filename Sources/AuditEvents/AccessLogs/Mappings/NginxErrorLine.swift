import CertCore
import Glibc

/// One line of nginx's error log: `2026/11/23 14:04:47 [info] 123#123: *5 message, client: 10.0.0.1, server: …`.
///
/// It says what the access log cannot: libcrypto's number, and handshakes that never became a request.
struct NginxErrorLine {
    /// What a line is worth.
    enum Meaning {
        case event
        /// nginx could not deliver a record to its syslog socket.
        case lostRecord
        /// It says nothing about client certificates.
        case nothing
    }

    private let text: String
    private let time: Timestamp?

    /// Takes a line that looks like one of nginx's error log; nil for anything else.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var line = bytes
        if line.last == UInt8(ascii: "\n") { line = UnsafeRawBufferPointer(rebasing: line.dropLast()) }
        guard line.count > 22, line[4] == UInt8(ascii: "/"), line[7] == UInt8(ascii: "/"),
            line[10] == UInt8(ascii: " "),
            line[13] == UInt8(ascii: ":"), line[16] == UInt8(ascii: ":"), line[19] == UInt8(ascii: " "),
            line[20] == UInt8(ascii: "[")
        else { return nil }
        time = Self.localTime(line)
        text = String(decoding: line.prefix(8192), as: UTF8.self)
    }

    /// Fills the event.
    func map(_ draft: inout RecordDraft) -> Meaning {
        draft.event.time = time
        if text.contains("send() failed"), text.contains("syslog") { return .lostRecord }
        if text.contains("send() to syslog failed") { return .lostRecord }
        guard let reason else { return .nothing }
        draft.set(.source, "nginx")
        draft.reject(reason)
        if let ip = member("client") { draft.set(.ip, ip) }
        if let host = member("host") { draft.set(.host, host) }
        if let name = member("server"), !name.isEmpty { draft.set(.serverName, name) }
        let request = (member("request") ?? "").split(separator: " ")
        if request.count >= 2 {
            draft.set(.method, String(request[0]))
            draft.set(.url, String(request[1]))
        }
        return .event
    }

    private var reason: String? {
        if let code = after("client SSL certificate verify error: (") {
            let digits = code.prefix { ("0"..."9").contains($0) }
            return Int32(digits).map { VerificationCode(rawValue: $0).name }
        }
        if text.contains("client sent no required SSL certificate") {
            return "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE"
        }
        guard text.contains("SSL_do_handshake() failed"), let error = after("(SSL: ") else { return nil }
        // `error:0A0000C7:SSL routines::peer did not return a certificate:SSL alert number 42) while …`
        let parts = error.prefix { $0 != ")" }.split(separator: ":", omittingEmptySubsequences: false)
        return OpenSSLErrorText.name(of: String(parts.count > 4 ? parts[4] : parts.last ?? ""))
    }

    private func after(_ mark: String) -> Substring? {
        var rest = text[...]
        while let first = mark.first, let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.hasPrefix(mark) { return rest.dropFirst(mark.count) }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// What follows `, name: `: a quoted text, or all up to the next comma.
    private func member(_ name: String) -> String? {
        guard let rest = after(", \(name): ") else { return nil }
        if rest.first == "\"" { return String(rest.dropFirst().prefix { $0 != "\"" }) }
        return String(rest.prefix { $0 != "," })
    }

    /// The error log writes local time without a zone; the collector's zone is taken for nginx's.
    private static func localTime(_ line: UnsafeRawBufferPointer) -> Timestamp? {
        func number(_ range: Range<Int>) -> Int32? { Int32(String(decoding: line[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, month - 1, day)
        (parts.tm_hour, parts.tm_min, parts.tm_sec, parts.tm_isdst) = (hour, minute, second, -1)
        let seconds = mktime(&parts)
        return seconds >= 0 ? Timestamp(milliseconds: Int64(seconds) * 1000) : nil
    }
}
