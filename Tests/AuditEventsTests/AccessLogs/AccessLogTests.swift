import AuditEvents
import CertCore
import Testing

/// Access logs of proxies become events.
@Suite("Access logs")
struct AccessLogTests {
    private static let sha1 = String(repeating: "ab", count: 20)
    private static let sha256 = String(repeating: "cd", count: 32)

    private func nginx(verify: String, proto: String = "TLSv1.3", more: String = "") -> String {
        """
        {"v":1,"src":"nginx","ts":"1795442687.123","id":"5f","verify":"\(verify)","sdn":"CN=svc-a,O=Acme\\\\, Inc",\
        "idn":"CN=Caf\\\\C3\\\\A9 CA","serial":"00AB12","sha1":"\(Self.sha1)","nb":"Nov 23 14:04:47 2026 GMT",\
        "na":"Nov 23 14:04:47 2027 GMT","ip":"10.0.0.1","port":"51544","sni":"api.example","proto":"\(proto)",\
        "cipher":"TLS_AES_256_GCM_SHA384","reused":"r","method":"GET","uri":"/v1/x?y=1","status":"200","conn":"7",\
        "nreq":"1"\(more)}
        """
    }

    @Test("nginx: a verified request is an authenticated event with its certificate")
    func nginxSuccess() throws {
        let event = try #require(try MappedRecord(nginx(verify: "SUCCESS")))
        #expect(event.outcome == .authenticated && event.authorized == true && event.resumed == true)
        #expect(event.time?.rfc3339 == "2026-11-23T14:04:47.123Z")
        #expect(event[.source] == "nginx" && event[.ip] == "10.0.0.1" && event.port == 51544)
        #expect(event[.url] == "/v1/x?y=1" && event[.method] == "GET" && event[.serverName] == "api.example")
        #expect(event[.subject] == "CN=svc-a,O=Acme\\, Inc" && event[.commonName] == "svc-a")
        #expect(event[.issuer] == "CN=Café CA" && event[.serial] == "AB12")
        #expect(event[.fingerprint1] == Self.sha1 && event[.notAfter] == "Nov 23 14:04:47 2027 GMT")
    }

    @Test(
        "nginx: libcrypto's words become its number in the spelling of OpenSSL 1.1 and 3",
        arguments: [
            ("FAILED:certificate has expired", 10), ("FAILED:self signed certificate", 18),
            ("FAILED:self-signed certificate", 18), ("FAILED:self signed certificate in certificate chain", 19),
            ("FAILED:self-signed certificate in certificate chain", 19),
            ("FAILED:unable to get local issuer certificate", 20), ("FAILED:certificate revoked", 23),
            ("FAILED:unable to verify the first certificate", 21), ("FAILED:certificate is not yet valid", 9),
        ]
    )
    func nginxFailed(verdict: String, number: Int32) throws {
        let event = try #require(try MappedRecord(nginx(verify: verdict)))
        #expect(event.outcome == .rejected && event.authorized == false)
        #expect(event[.reason] == verdict)
        #expect(event.finding(hasCertificate: true).code?.rawValue == number)
    }

    @Test("nginx: words that libcrypto does not know are a failure of no known code, not a policy")
    func nginxUnknownWords() throws {
        let event = try #require(try MappedRecord(nginx(verify: "FAILED:something new")))
        #expect(event.finding(hasCertificate: true) == RejectionFinding(rejectionClass: .other))
    }

    @Test("nginx: NONE is a request without a certificate; a server without TLS is no event")
    func nginxNone() throws {
        let event = try #require(try MappedRecord(nginx(verify: "NONE")))
        #expect(event.outcome == .rejected && event[.subject] == nil)
        #expect(event.finding(hasCertificate: false).rejectionClass == .noCertificate)
        #expect(try MappedRecord(nginx(verify: "")) == nil)
    }

    @Test("nginx: invalid UTF-8 in a path is repaired and marked")
    func nginxInvalidBytes() throws {
        var record = Array(nginx(verify: "SUCCESS").utf8)
        let place = try #require(record.firstIndex(of: UInt8(ascii: "?")))
        record.replaceSubrange(place...place, with: [0xff, 0xfe])
        let event = try #require(try MappedRecord(record))
        #expect(event[.url] == "/v1/x\u{fffd}\u{fffd}y=1")
        #expect(event.marks.contains(.repairedUTF8))
    }

    @Test("nginx: a certificate in percent encoding arrives as PEM")
    func nginxPEM() throws {
        let more = ",\"pem\":\"-----BEGIN%20CERTIFICATE-----%0AMIIB%2B\""
        let event = try #require(try MappedRecord(nginx(verify: "SUCCESS", more: more)))
        #expect(event[.certificatePEM] == "-----BEGIN CERTIFICATE-----\nMIIB+")
    }

    private func haproxy(used: Int, verify: Int) -> String {
        """
        {"v":1,"src":"haproxy","ts":1795442687.045,"id":"a-b","used":\(used),"verify":\(verify),"cerr":0,"caerr":0,\
        "cadepth":0,"sdn":"CN=svc-a","cn":"svc-a","idn":"CN=ca","serial":"0A1B","sha1":"\(Self.sha1.uppercased())",\
        "sha256":"\(Self.sha256.uppercased())","nb":"261123140447Z","na":"271123140447Z","ip":"10.0.0.2","port":4711,\
        "sni":"-","proto":"TLSv1.2","method":"POST","uri":"/y","status":200,"fe":"web~"}
        """
    }

    @Test("HAProxy: a verified request, a request without a certificate, and one let through with an error")
    func haproxyRequests() throws {
        let good = try #require(try MappedRecord(haproxy(used: 1, verify: 0)))
        #expect(good.outcome == .authenticated && good.authorized == true)
        #expect(good[.service] == "web" && good[.serverName] == nil && good.port == 4711)
        #expect(good[.fingerprint256] == Self.sha256.uppercased() && good[.serial] == "0A1B")
        #expect(good[.notBefore] == "2026-11-23T14:04:47Z")
        #expect(good.time?.rfc3339 == "2026-11-23T14:04:47.045Z")
        let none = try #require(try MappedRecord(haproxy(used: 0, verify: 0)))
        #expect(none.outcome == .rejected)
        #expect(none.finding(hasCertificate: false).rejectionClass == .noCertificate)
        let expired = try #require(try MappedRecord(haproxy(used: 1, verify: 10)))
        #expect(expired.outcome == .rejected && expired.finding(hasCertificate: true).code?.rawValue == 10)
    }

    @Test("HAProxy: connections refused in the handshake carry the code, or the TLS library's words")
    func haproxyErrors() throws {
        func error(_ code: Int, _ words: String, _ cerr: String, _ tls: String) throws -> MappedRecord {
            let record = """
                {"v":1,"src":"haproxy-err","ts":1795442687.045,"fc_err":"\(code)","fc_err_str":"\(words)",\
                "ssl_fc_err":"0","ssl_fc_err_str":"\(tls)","cerr":"\(cerr)","caerr":"0","ip":"10.0.0.2","port":4711,\
                "sni":"-","fe":"web"}
                """
            return try #require(try MappedRecord(record))
        }
        let expired = try error(31, "SSL client certificate not trusted", "10", "-")
        #expect(expired.finding(hasCertificate: false).code?.rawValue == 10)
        #expect(expired[.source] == "haproxy" && expired[.ip] == "10.0.0.2")
        let missing = "error:0A0000C7:SSL routines::peer did not return a certificate"
        let none = try error(34, "SSL handshake failure", "0", missing)
        #expect(none.finding(hasCertificate: false).rejectionClass == .noCertificate)
        let plain = try error(34, "SSL handshake failure", "0", "error:0A00009C:SSL routines::http request")
        #expect(plain[.reason] == "ERR_SSL_HTTP_REQUEST")
        #expect(plain.finding(hasCertificate: false).rejectionClass == .handshake)
        let closed = try error(32, "Connection closed during SSL handshake", "0", "-")
        #expect(closed.finding(hasCertificate: false).rejectionClass == .handshake)
    }

    @Test("Envoy: fingerprints, names and the reason of a failed handshake, by its operators' names or the short ones")
    func envoy() throws {
        let good = try #require(
            try MappedRecord(
                """
                {"src":"envoy","start_time":"2026-11-23T14:04:47.123Z","method":"GET","path":"/z","response_code":200,\
                "downstream_remote_address":"[2001:db8::1]:51544","downstream_tls_version":"TLSv1.3",\
                "downstream_tls_cipher":"TLS_AES_128_GCM_SHA256","requested_server_name":"api.example",\
                "downstream_peer_subject":"CN=svc-a,O=Acme","downstream_peer_issuer":"CN=ca",\
                "downstream_peer_serial":"0a1b","downstream_peer_fingerprint_256":"\(Self.sha256)",\
                "downstream_peer_uri_san":"spiffe://td/a","downstream_peer_dns_san":"a.example,b.example",\
                "downstream_peer_cert_v_end":"2027-11-23T14:04:47.000Z","downstream_transport_failure_reason":null}
                """
            )
        )
        #expect(good.outcome == .authenticated && good[.ip] == "2001:db8::1" && good.port == 51544)
        #expect(good[.fingerprint256] == Self.sha256 && good[.serial] == "0A1B")
        #expect(good[.san] == "URI:spiffe://td/a, DNS:a.example, DNS:b.example")
        func failed(_ reason: String) throws -> RejectionFinding {
            let record = "{\"src\":\"envoy\",\"addr\":\"10.0.0.1:1\",\"failure\":\"\(reason)\"}"
            return try #require(try MappedRecord(record)).finding(hasCertificate: false)
        }
        let missing =
            "TLS_error:|268435655:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE:TLS_error_end"
        #expect(try failed(missing).rejectionClass == .noCertificate)
        let unnamed = "TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:TLS_error_end"
        #expect(try failed(unnamed).rejectionClass == .handshake)
        let expired =
            "TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:X509_verify_cert: "
            + "certificate verification error at depth 0: certificate has expired:TLS_error_end"
        #expect(try failed(expired).code?.rawValue == 10)
    }

    @Test("Envoy: a request that RBAC refused is a verified rejection by policy")
    func envoyPolicy() throws {
        let record = """
            {"src":"envoy","ts":"2026-11-23T14:04:47.123Z","sha256":"\(Self.sha256)","proto":"TLSv1.3",\
            "details":"rbac_access_denied_matched_policy[none]","addr":"10.0.0.1:1"}
            """
        let event = try #require(try MappedRecord(record))
        #expect(event.outcome == .rejected && event.authorized == true)
        #expect(event.finding(hasCertificate: true).rejectionClass == .policy)
    }

    @Test("Caddy: common name and decimal serial, protocol numbers by name; plain HTTP is no event")
    func caddy() throws {
        func record(_ tls: String) -> String {
            """
            {"level":"info","ts":1795442687.1234567,"logger":"http.log.access.log0","msg":"handled request",\
            "request":{"remote_ip":"10.0.0.3","remote_port":"5000","client_ip":"10.0.0.3","proto":"HTTP/2.0",\
            "method":"GET","host":"api.example:8443","uri":"/c","headers":{"User-Agent":["curl/8"]}\(tls)},\
            "bytes_read":0,"user_id":"","duration":0.001,"size":5,"status":200,"resp_headers":{"Server":["Caddy"]}}
            """
        }
        let tls = """
            ,"tls":{"resumed":false,"version":772,"cipher_suite":4865,"proto":"h2","server_name":"api.example",\
            "client_common_name":"svc-a","client_serial":"340282366920938463463374607431768211455"}
            """
        let good = try #require(try MappedRecord(record(tls)))
        #expect(good.outcome == .authenticated && good.authorized == nil && good.resumed == false)
        #expect(good[.serial] == String(repeating: "F", count: 32) && good[.commonName] == "svc-a")
        #expect(good[.protocolVersion] == "TLSv1.3" && good[.cipher] == "TLS_AES_128_GCM_SHA256")
        #expect(good[.ip] == "10.0.0.3" && good.port == 5000 && good[.url] == "/c")
        #expect(good.time?.rfc3339 == "2026-11-23T14:04:47.123Z")
        let none = try #require(try MappedRecord(record(",\"tls\":{\"version\":772,\"cipher_suite\":1}")))
        #expect(none.finding(hasCertificate: false).rejectionClass == .noCertificate)
        #expect(none[.cipher] == "0x1")
        #expect(try MappedRecord(record("")) == nil)
    }

    @Test("Traefik: the subject identifies the certificate; a request without TLS is no event")
    func traefik() throws {
        func record(_ tls: String) -> String {
            """
            {"ClientAddr":"10.0.0.4:5000","ClientHost":"10.0.0.4","ClientPort":"5000","DownstreamStatus":200,\
            "Duration":123,"RequestCount":5,"RequestHost":"api.example","RequestMethod":"GET","RequestPath":"/t",\
            "RouterName":"billing@file","ServiceName":"app@file","entryPointName":"web","StartLocal":"2026-11-23T14:04:47.1Z",\
            "StartUTC":"2026-11-23T14:04:47.123456789Z"\(tls),"level":"info","msg":"","time":"2026-11-23T14:04:48Z"}
            """
        }
        let tls = ",\"TLSCipher\":\"TLS_AES_128_GCM_SHA256\",\"TLSVersion\":\"1.3\""
        let good = try #require(try MappedRecord(record(tls + ",\"TLSClientSubject\":\"CN=svc-a,O=Acme\"")))
        #expect(good.outcome == .authenticated && good[.commonName] == "svc-a" && good[.source] == "traefik")
        #expect(good[.service] == "billing" && good[.protocolVersion] == "TLSv1.3")
        #expect(good.time?.rfc3339 == "2026-11-23T14:04:47.123Z")
        let none = try #require(try MappedRecord(record(tls)))
        #expect(none.finding(hasCertificate: false).rejectionClass == .noCertificate)
        let forged = ",\"request_X-Forwarded-Tls-Client-Cert\":\"MIIB\""
        #expect(try #require(try MappedRecord(record(tls + forged)))[.certificateBase64] == nil)
        let passed = try #require(try MappedRecord(record(tls + forged + ",\"TLSClientSubject\":\"CN=svc-a\"")))
        #expect(passed[.certificateBase64] == "MIIB")
        #expect(try MappedRecord(record("")) == nil)
    }

    @Test(
        "Caddy and Traefik: what Go says of a failed handshake gets its class",
        arguments: [
            ("tls: client didn't provide a certificate", RejectionClass.noCertificate),
            (
                "tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time "
                    + "2026-11-23T14:04:47Z is after 2026-01-01T00:00:00Z", .expired
            ),
            (
                "tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time "
                    + "2026-11-23T14:04:47Z is before 2027-01-01T00:00:00Z", .notYetValid
            ),
            ("tls: failed to verify certificate: x509: certificate signed by unknown authority", .unknownIssuer),
            ("tls: failed to verify certificate: x509: certificate specifies an incompatible key usage", .badPurpose),
            ("EOF", .handshake), ("tls: first record does not look like a TLS handshake", .handshake),
        ]
    )
    func goHandshakes(words: String, rejectionClass: RejectionClass) throws {
        let record = """
            {"level":"debug","ts":1795442687.1,"logger":"http.stdlib",\
            "msg":"http: TLS handshake error from 10.0.0.5:4000: \(words)"}
            """
        let event = try #require(try MappedRecord(record))
        #expect(event[.ip] == "10.0.0.5" && event.port == 4000 && event[.source] == "caddy")
        #expect(event.finding(hasCertificate: false).rejectionClass == rejectionClass)
    }

    @Test("Other messages of a log are passed over; an object nobody knows is a bad record")
    func others() throws {
        #expect(try MappedRecord("{\"level\":\"info\",\"ts\":1.5,\"logger\":\"admin\",\"msg\":\"started\"}") == nil)
        #expect(try MappedRecord("{\"msg\":\"a\",\"x\":1,\"x\":2,\"msg\":\"a\"}") == nil)
        #expect(throws: LineError.self) { try MappedRecord("{\"a\":1}") }
        #expect(throws: LineError.self) { try MappedRecord("{\"src\":\"squid\"}") }
        #expect(throws: LineError.self) { try MappedRecord("{\"src\":\"nginx\",\"src\":\"envoy\"}") }
        #expect(throws: LineError.self) {
            try MappedRecord(nginx(verify: "SUCCESS").replacing("1795442687.123", with: "later"))
        }
    }

    @Test("An event in our own form comes through any door")
    func ownForm() throws {
        let event = try #require(try MappedRecord("{\"event\":\"rejected\",\"reason\":\"callback_returned_false\"}"))
        #expect(event.outcome == .rejected && event[.reason] == "callback_returned_false")
    }
}
