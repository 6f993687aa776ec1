package import CertCore

/// A syslog message taken apart (RFC 3164, RFC 5424, and what proxies make of them); views into its bytes.
package struct SyslogMessage {
    /// Who wrote it: the tag, or the application's name; nil when it has none.
    package private(set) var application: UnsafeRawBufferPointer?
    /// The time of an RFC 5424 header; an RFC 3164 header has neither year nor zone, so it is not a time.
    package private(set) var time: Timestamp?
    /// What the header stands before; its last newline is left out.
    package private(set) var payload: UnsafeRawBufferPointer

    /// Takes a message apart; a message without a header, `{…}`, is all payload.
    ///
    /// - Throws: ``LineError`` `bad_frame` when it begins with `<` and the header cannot be read.
    package init(_ message: UnsafeRawBufferPointer) throws(LineError) {
        payload = Self.trimmed(message)
        guard payload.first == UInt8(ascii: "<") else { return }
        var text = SyslogText(payload)
        guard text.skipPriority() else {
            throw LineError(code: .badFrame, column: 1, message: "a syslog message begins with <PRI>, 0 to 191")
        }
        if text.skipVersion() {
            try readRFC5424(&text)
        } else {
            readRFC3164(&text)
        }
        payload = text.rest
    }

    /// `1 TIME HOST APP PROCID MSGID SD [MSG]`.
    private mutating func readRFC5424(_ text: inout SyslogText) throws(LineError) {
        let problem = "the RFC 5424 header cannot be read"
        guard let stamp = text.word(), text.word() != nil, let name = text.word(), text.word() != nil,
            text.word() != nil
        else { throw LineError(code: .badFrame, column: text.offset + 1, message: problem) }
        time = Timestamp(rfc3339: stamp)
        application = name.elementsEqual("-".utf8) ? nil : name
        guard text.skipStructuredData() else {
            throw LineError(code: .badFrame, column: text.offset + 1, message: "the structured data does not end")
        }
    }

    /// `Mmm dd hh:mm:ss [host] tag[pid]: `, each part of which may be missing.
    private mutating func readRFC3164(_ text: inout SyslogText) {
        text.skipTimestamp()
        let start = text
        guard text.next != UInt8(ascii: "{"), let first = text.word() else {
            text = start
            return
        }
        if let tag = SyslogText.tag(first) {
            application = tag
        } else if text.next != UInt8(ascii: "{"), let second = text.word(), let tag = SyslogText.tag(second) {
            application = tag
        } else {
            text = start
        }
    }

    private static func trimmed(_ message: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var count = message.count
        // HAProxy ends a datagram in LF, others in NUL or CR LF.
        while count > 0, message[count - 1] == 0x0A || message[count - 1] == 0x0D || message[count - 1] == 0 {
            count -= 1
        }
        return UnsafeRawBufferPointer(rebasing: message[..<count])
    }
}
