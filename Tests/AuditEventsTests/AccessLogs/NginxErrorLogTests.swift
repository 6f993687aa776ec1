import AuditEvents
import CertCore
import Glibc
import Testing

/// nginx's error log: what never reaches its access log.
@Suite("nginx's error log")
struct NginxErrorLogTests {
    private let start = "2026/11/23 14:04:47 [info] 123#123: *5 "
    private let end =
        ", client: 10.0.0.9, server: api.example, request: \"GET /x HTTP/1.1\", host: \"api.example:8443\""

    @Test("A verification error carries libcrypto's number")
    func verification() throws {
        let line =
            start + "client SSL certificate verify error: (10:certificate has expired) while reading client"
            + " request headers" + end
        let event = try #require(try MappedRecord(line))
        #expect(event.finding(hasCertificate: false).code?.rawValue == 10)
        #expect(event[.ip] == "10.0.0.9" && event[.method] == "GET" && event[.url] == "/x")
        #expect(event[.host] == "api.example:8443" && event[.source] == "nginx")
        #expect(event.time != nil)
    }

    @Test("A handshake that failed is a rejection with the TLS library's words")
    func handshake() throws {
        let line =
            start + "SSL_do_handshake() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert"
            + " number 48) while SSL handshaking, client: 10.0.0.9, server: 0.0.0.0:8443"
        let event = try #require(try MappedRecord(line))
        #expect(event[.reason] == "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA")
        #expect(event.finding(hasCertificate: false).rejectionClass == .handshake)
    }

    @Test("A missing certificate is told as such; other lines are passed over")
    func missing() throws {
        let line = start + "client sent no required SSL certificate while reading client request headers" + end
        #expect(try #require(try MappedRecord(line)).finding(hasCertificate: false).rejectionClass == .noCertificate)
        #expect(try MappedRecord("2026/11/23 14:04:47 [notice] 1#1: start worker processes") == nil)
        #expect(throws: LineError.self) { try MappedRecord("hello") }
    }

    @Test("A record that nginx could not deliver to its syslog socket is a loss of one")
    func loss() throws {
        let line =
            "2026/11/23 14:04:47 [alert] 123#123: *5 send() failed (11: Resource temporarily unavailable) while "
            + "logging to syslog, server: unix:/run/mtlstop/syslog.sock"
        var scanner = RecordScanner()
        let count: UInt64? = try Array(line.utf8).withUnsafeBytes { bytes in
            guard case .drop(let count, _) = try scanner.scan(bytes) else { return nil }
            return count
        }
        #expect(count == 1)
    }
}
