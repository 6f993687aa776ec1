import Testing

@testable import CertCore

@Suite("Certificates in headers")
struct HeaderExtractionTests {
    let leaf: ClientCertificate
    let issuing: ClientCertificate
    /// A moment when the fixtures are valid.
    let time = Timestamp(year: 2026, month: 9, day: 1)

    init() throws {
        leaf = try Fixtures.chain("good-under-intermediate")
        issuing = try Fixtures.chain("issuing-ca")
    }

    private func extract(_ headers: HeaderFields, _ options: ExtractionOptions) -> ExtractionResult {
        extractClientCertificate(from: ClientCertificateRequest(headers: headers), options: options, at: time)
    }

    private func extract(_ value: String, _ encoding: HeaderEncoding) throws -> ExtractionResult {
        extract(["X-Cert": value], try ExtractionOptions(certificateHeader: "x-cert", headerEncoding: encoding))
    }

    @Test("Each encoding is read")
    func readsEachEncoding() throws {
        let pem = leaf.pem
        let values: [(HeaderEncoding, String)] = [
            (.urlPEM, HeaderTexts.percent(pem)), (.urlPEM, pem), (.urlPEMAWS, HeaderTexts.percent(pem, keeping: "+=/")),
            (.base64DER, HeaderTexts.base64(leaf)), (.base64DER, " \(HeaderTexts.base64(leaf))\t"),
            (.rfc9440, HeaderTexts.byteSequence(leaf)),
            (.rfc9440, ":\(HeaderTexts.base64(leaf).filter { $0 != "=" }):"), (.xfcc, HeaderTexts.xfcc(leaf)),
            (.pemSpaces, pem.replacing("\n", with: " ")), (.pemSpaces, pem.replacing("\n", with: "")),
        ]
        for (encoding, value) in values {
            let result = try extract(value, encoding)
            #expect(result.success && result.certificate == leaf, "\(encoding)")
            #expect(result.reason == nil && result.certificate?.issuers.isEmpty == true)
        }
    }

    @Test("What is not exactly the encoding is refused")
    func refusesLaxForms() throws {
        let base64 = HeaderTexts.base64(leaf)
        let pem = leaf.pem
        let values: [(HeaderEncoding, String)] = [
            (.urlPEM, ""), (.urlPEM, "%"), (.urlPEM, "%2"), (.urlPEM, "%zz"), (.urlPEM, base64),
            (.urlPEM, HeaderTexts.percent(pem) + "%"), (.urlPEM, HeaderTexts.percent(pem) + "%0"),
            (.urlPEM, HeaderTexts.percent(pem) + "%zz"),
            (.urlPEM, "junk" + HeaderTexts.percent(pem)), (.urlPEM, HeaderTexts.percent(pem) + "junk"),
            (.urlPEM, HeaderTexts.percent(pem) + "," + HeaderTexts.percent(pem)),
            (.urlPEM, HeaderTexts.percent(pem).replacing("%2B", with: "%20")),
            (.urlPEM, HeaderTexts.percent(pem.replacing("CERTIFICATE", with: "TRUSTED CERTIFICATE"))),
            (.urlPEM, pem.replacing("\n", with: " ")), (.base64DER, String(base64.dropLast())),
            (.base64DER, base64 + "="),
            (.base64DER, "*" + base64), (.base64DER, pem), (.base64DER, HeaderTexts.percent(base64)),
            (.base64DER, base64.replacing("/", with: "_").replacing("+", with: "-") + "_"),
            (.base64DER, "," + base64), (.base64DER, "AAAA," + base64),
            (.base64DER, String(decoding: Base64.encode(Array(pem.utf8)), as: UTF8.self)),
            (.base64DER, String(decoding: Base64.encode(leaf.der + [0]), as: UTF8.self)), (.rfc9440, base64),
            (.rfc9440, ":" + base64), (.rfc9440, base64 + ":"), (.rfc9440, "x\(base64):"), (.rfc9440, ":\(base64)x"),
            (.rfc9440, ":\(base64):;p=1"), (.rfc9440, "::"),
            (.rfc9440, ":"),
            (.rfc9440, ":\(base64):, :\(base64):"), (.rfc9440, ":\(base64)=:"), (.rfc9440, ": \(base64):"),
            (.xfcc, base64), (.pemSpaces, "(null)"), (.pemSpaces, base64),
        ]
        for (encoding, value) in values {
            let result = try extract(value, encoding)
            #expect(!result.success && result.reason == .headerMissingOrMalformed, "\(encoding) \(value.prefix(40))")
            #expect(result.certificate == nil)
        }
    }

    @Test("Every preset finds its certificate where its proxy puts it", arguments: CertificateSource.all)
    func presets(source: CertificateSource) throws {
        var headers = HeaderFields()
        headers.append(name: source.header.uppercased(), value: value(source.encoding))
        for verdict in source.verdicts { headers.append(name: verdict.header, value: verdict.value) }
        let options = try ExtractionOptions(certificateSource: source)
        #expect(extract(headers, options).certificate == leaf)
        #expect(extract(HeaderFields(), options).success == false)
        for verdict in source.verdicts {
            let wrong = HeaderFields(
                headers.fields.map { $0.name == verdict.header ? .init(name: $0.name, value: verdict.value + " ") : $0 }
            )
            #expect(extract(wrong, options).reason == .verificationHeaderMismatch)
            let without = HeaderFields(headers.fields.filter { $0.name != verdict.header })
            #expect(extract(without, options).success == !verdict.isRequired)
            let strict = try ExtractionOptions(certificateSource: source, requireProxyVerdict: true)
            #expect(extract(without, strict).reason == .verificationHeaderMismatch)
        }
    }

    @Test("An own header name, encoding or chain header takes the place of the preset's, and of nothing else")
    func overridesPreset() throws {
        let text = HeaderTexts.percent(leaf.pem)
        let renamed = try ExtractionOptions(certificateSource: .nginx, certificateHeader: "X-Own")
        #expect(extract(["x-own": text, "x-ssl-client-verify": "SUCCESS"], renamed).certificate == leaf)
        // The preset's encoding and verdict stay, its header is no longer looked at.
        #expect(extract(["x-own": text], renamed).reason == .verificationHeaderMismatch)
        let old: HeaderFields = ["x-ssl-client-cert": text, "x-ssl-client-verify": "SUCCESS"]
        #expect(extract(old, renamed).reason == .headerMissingOrMalformed)
        let base64 = HeaderTexts.base64(leaf)
        #expect(extract(["x-own": base64, "x-ssl-client-verify": "SUCCESS"], renamed).success == false)

        let recoded = try ExtractionOptions(certificateSource: .nginx, headerEncoding: .base64DER)
        let der: HeaderFields = ["x-ssl-client-cert": base64, "x-ssl-client-verify": "SUCCESS"]
        #expect(extract(der, recoded).certificate == leaf && !extract(old, recoded).success)

        let chained = try ExtractionOptions(
            certificateSource: .cloudflareRFC9440,
            chainHeader: "X-Chain",
            includeChain: true
        )
        let headers: HeaderFields = [
            "client-cert": HeaderTexts.byteSequence(leaf), "x-chain": HeaderTexts.byteSequence(issuing),
            "client-cert-chain": "junk",
        ]
        #expect(extract(headers, chained).certificate?.issuers == [issuing])
    }

    private func value(_ encoding: HeaderEncoding) -> String {
        switch encoding {
        case .urlPEM, .urlPEMAWS: HeaderTexts.percent(leaf.pem)
        case .xfcc: HeaderTexts.xfcc(leaf)
        case .base64DER: HeaderTexts.base64(leaf)
        case .rfc9440: HeaderTexts.byteSequence(leaf)
        case .pemSpaces: leaf.pem.replacing("\n", with: " ")
        }
    }

    @Test("Without a header source headers are never looked at")
    func ignoresHeadersByDefault() throws {
        let headers: HeaderFields = ["client-cert": HeaderTexts.byteSequence(leaf)]
        #expect(extract(headers, .socket).reason == .socketNotAuthorized)
    }

    @Test("The verdict is compared to the letter before the certificate is read, and never falls back")
    func verifiesHeader() throws {
        let options = try ExtractionOptions(
            certificateHeader: "x-cert",
            headerEncoding: .base64DER,
            fallbackToSocket: true,
            verifyHeader: "X-Verify",
            verifyValue: "SUCCESS"
        )
        let socket = SocketIdentity(authorized: true, chain: [leaf])
        for value in ["success", "SUCCESS ", "FAILED:certificate has expired", "NONE", ""] {
            let request = ClientCertificateRequest(
                headers: ["X-Cert": HeaderTexts.base64(leaf), "X-Verify": value],
                socket: socket
            )
            #expect(extractClientCertificate(from: request, options: options).reason == .verificationHeaderMismatch)
        }
        let absent = extract(["X-Cert": HeaderTexts.base64(leaf)], options)
        #expect(absent.reason == .verificationHeaderMismatch && absent.detail == nil)
        let twice: HeaderFields = [
            "X-Cert": HeaderTexts.base64(leaf), "X-Verify": "SUCCESS", "x_verify": "SUCCESS",
        ]
        let result = extract(twice, options)
        #expect(result.reason == .verificationHeaderMismatch && result.detail == .ambiguousHeader)
        let repeated: HeaderFields = ["X-Cert": HeaderTexts.base64(leaf), "X-Verify": "SUCCESS", "x-verify": "SUCCESS"]
        #expect(extract(repeated, options).detail == .ambiguousHeader)
        #expect(extract(["x-cert": HeaderTexts.base64(leaf), "x-verify": "SUCCESS"], options).success)
    }

    @Test("A repeated header, or one beside its underscore twin, is ambiguous")
    func refusesAmbiguousHeaders() throws {
        let value = HeaderTexts.base64(leaf)
        for headers in [["X-Cert": value, "x-cert": value], ["X-Cert": value, "X_Cert": "x"]] as [HeaderFields] {
            let options = try ExtractionOptions(certificateHeader: "X-Cert", headerEncoding: .base64DER)
            let result = extract(headers, options)
            #expect(result.reason == .headerMissingOrMalformed && result.detail == .ambiguousHeader)
        }
        let twinAlone: HeaderFields = ["X_Cert": value]
        let options = try ExtractionOptions(certificateHeader: "X-Cert", headerEncoding: .base64DER)
        #expect(!extract(twinAlone, options).success)
    }

    @Test("A list is allowed for Traefik and for an own header only; the first entry is the leaf")
    func readsLists() throws {
        let list = "\(HeaderTexts.base64(leaf)),\(HeaderTexts.base64(issuing)),*bad*"
        let own = try ExtractionOptions(certificateHeader: "x-cert", headerEncoding: .base64DER, includeChain: true)
        #expect(extract(["x-cert": list], own).certificate?.issuers == [issuing])
        let traefik = try ExtractionOptions(certificateSource: .traefik)
        let result = extract(["x-forwarded-tls-client-cert": list], traefik)
        #expect(result.certificate == leaf && result.certificate?.issuers == [])
        #expect(result.certificate?.accompanying == [issuing])
        let cloudflare = try ExtractionOptions(certificateSource: .cloudflare)
        #expect(extract(["cf-client-cert-der-base64": list], cloudflare).success == false)
        for first in ["*bad*", "AAAA", ""] {
            #expect(extract(["x-cert": "\(first),\(list)"], own).success == false, "\(first)")
        }
    }

    @Test("The chain header is linked after the leaf, on several lines where RFC 9440 allows them")
    func readsChainHeader() throws {
        let root = try Fixtures.chain("root")
        let options = try ExtractionOptions(certificateSource: .cloudflareRFC9440, includeChain: true)
        let headers: HeaderFields = [
            "Client-Cert": HeaderTexts.byteSequence(leaf), "Client-Cert-Chain": HeaderTexts.byteSequence(issuing),
            "client-cert-chain": HeaderTexts.byteSequence(root),
        ]
        #expect(extract(headers, options).certificate?.issuers == [issuing, root])
        let pem = try ExtractionOptions(
            certificateHeader: "x-cert",
            headerEncoding: .urlPEM,
            chainHeader: "x-chain",
            includeChain: true
        )
        let list = "\(HeaderTexts.percent(issuing.pem)), \(HeaderTexts.percent(root.pem))"
        #expect(
            extract(["x-cert": HeaderTexts.percent(leaf.pem), "x-chain": list], pem).certificate?.issuers == [
                issuing, root,
            ]
        )
        let twins: HeaderFields = [
            "Client-Cert": HeaderTexts.byteSequence(leaf), "Client-Cert-Chain": HeaderTexts.byteSequence(issuing),
            "client_cert_chain": HeaderTexts.byteSequence(root),
        ]
        #expect(extract(twins, options).detail == .ambiguousHeader)
        let lines: HeaderFields = [
            "x-cert": HeaderTexts.percent(leaf.pem), "x-chain": HeaderTexts.percent(issuing.pem),
            "X-Chain": HeaderTexts.percent(root.pem),
        ]
        #expect(extract(lines, pem).detail == .ambiguousHeader)
    }

    @Test("More than ten certificates are refused, counted over leaf and chain")
    func refusesLongChains() throws {
        let one = HeaderTexts.byteSequence(issuing)
        let options = try ExtractionOptions(certificateSource: .cloudflareRFC9440)
        let nine = Array(repeating: one, count: 9).joined(separator: ", ")
        #expect(extract(["client-cert": HeaderTexts.byteSequence(leaf), "client-cert-chain": nine], options).success)
        let ten = nine + "," + one
        let result = extract(["client-cert": HeaderTexts.byteSequence(leaf), "client-cert-chain": ten], options)
        #expect(result.detail == .tooManyCertificates)
        let entries = Array(repeating: HeaderTexts.base64(leaf), count: 11).joined(separator: ",")
        #expect(try extract(entries, .base64DER).detail == .tooManyCertificates)
        let blocks = String(repeating: HeaderTexts.percent(leaf.pem), count: 11)
        #expect(try extract(blocks, .urlPEM).detail == .tooManyCertificates)
    }

    @Test("Floods of separators and markers are refused at once")
    func refusesFloods() throws {
        let begin = "-----BEGIN CERTIFICATE-----"
        let floods: [(HeaderEncoding, String, RejectionDetail?)] = [
            (.base64DER, String(repeating: ",", count: 65_536), .tooManyCertificates),
            (.base64DER, String(repeating: ",", count: 65_537), .headerTooLarge),
            (.urlPEM, String(repeating: begin, count: 2427), nil),
            (.urlPEM, String(repeating: begin + "\n", count: 2340), nil),
            (.urlPEM, String(repeating: "%", count: 65_536), nil), (.xfcc, String(repeating: ",", count: 65_536), nil),
            (.xfcc, String(repeating: ";", count: 65_536), nil),
            (.xfcc, "Cert=" + String(repeating: "\"", count: 65_000), nil),
            (.xfcc, "Cert=\"" + String(repeating: "\\", count: 65_000), nil),
            (.xfcc, String(repeating: "Cert=a;", count: 9000), nil),
            (.rfc9440, String(repeating: ":", count: 65_536), nil),
            (.pemSpaces, String(repeating: begin + " ", count: 2340), nil),
        ]
        let clock = ContinuousClock()
        for (encoding, value, detail) in floods {
            let start = clock.now
            let result = try extract(value, encoding)
            #expect(!result.success && result.detail == detail, "\(encoding) \(value.prefix(20))")
            #expect(clock.now - start < .seconds(1), "\(encoding) \(value.prefix(20))")
        }
    }

    @Test("The TLS layer is asked only when the header gives nothing, and then its own reason counts")
    func fallsBack() throws {
        let options = try ExtractionOptions(certificateSource: .cloudflare, fallbackToSocket: true)
        var request = ClientCertificateRequest(socket: SocketIdentity(authorized: true, chain: [leaf]))
        let found = extractClientCertificate(from: request, options: options)
        #expect(found.certificate == leaf && found.source == "socket")
        request.socket = SocketIdentity(authorized: true)
        #expect(extractClientCertificate(from: request, options: options).reason == .certificateNotRetrievable)
        request.socket = SocketIdentity(authorized: false, chain: [leaf])
        #expect(extractClientCertificate(from: request, options: options).reason == .socketNotAuthorized)
        request.socket = nil
        #expect(extractClientCertificate(from: request, options: options).reason == .socketNotAuthorized)
    }

    @Test("Only trusted proxies are believed")
    func checksProxies() throws {
        let ranges = ["10.0.0.0/8", "2001:db8::/32"].compactMap(AddressRange.init(parsing:))
        let options = try ExtractionOptions(certificateSource: .cloudflare, trustedProxies: ranges)
        let headers: HeaderFields = ["cf-client-cert-der-base64": HeaderTexts.base64(leaf)]
        for (address, trusted) in [
            ("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("2001:db8::1", true), ("11.0.0.1", false),
            ("2001:db9::1", false),
            ("", false), ("10.1.2.3.4", false), ("nonsense", false),
        ] {
            let result = extractClientCertificate(
                from: ClientCertificateRequest(headers: headers, remoteAddress: address),
                options: options,
                at: time
            )
            #expect(result.success == trusted, "\(address)")
            if !trusted { #expect(result.detail == .untrustedProxy) }
        }
        #expect(extract(headers, options).detail == .untrustedProxy)
    }

    @Test("A TLS peer certificate wins over headers when that is asked for")
    func prefersSocket() throws {
        let other = try Fixtures.chain("good")
        let headers: HeaderFields = ["cf-client-cert-der-base64": HeaderTexts.base64(leaf)]
        let request = ClientCertificateRequest(
            headers: headers,
            socket: SocketIdentity(authorized: true, chain: [other])
        )
        let preferring = try ExtractionOptions(certificateSource: .cloudflare, preferSocket: true)
        #expect(extractClientCertificate(from: request, options: preferring, at: time).certificate == other)
        let plain = try ExtractionOptions(certificateSource: .cloudflare)
        #expect(extractClientCertificate(from: request, options: plain, at: time).certificate == leaf)
        #expect(extract(headers, preferring).certificate == leaf)
    }

    @Test("Validity is checked where the proxy does not verify")
    func checksValidity() throws {
        let expired = try Fixtures.chain("expired")
        let future = try Fixtures.chain("not-yet-valid")
        let unverified = try ExtractionOptions(certificateSource: .azureAppService)
        func result(_ certificate: ClientCertificate, _ options: ExtractionOptions) -> ExtractionResult {
            extract(["x-arr-clientcert": HeaderTexts.base64(certificate)], options)
        }
        #expect(result(expired, unverified).reason == .certificateExpired)
        #expect(result(expired, unverified).refused == expired)
        #expect(result(future, unverified).reason == .certificateNotYetValid)
        let unchecked = try ExtractionOptions(certificateSource: .azureAppService, checkValidity: false)
        #expect(result(expired, unchecked).success)
        let skewed = extractClientCertificate(
            from: ClientCertificateRequest(headers: ["x-arr-clientcert": HeaderTexts.base64(expired)]),
            options: unverified,
            at: expired.notAfter.advanced(byMilliseconds: 59_000)
        )
        #expect(skewed.success)
    }

    @Test("Lambda events are read or refused with reasons of their own")
    func lambda() throws {
        #expect(extractClientCertificate(fromLambda: .missing).reason == .lambdaEventMissingClientCert)
        for text in [nil, "", "x"] as [String?] {
            #expect(extractClientCertificate(fromLambda: .pem(text)).reason == .lambdaEventClientCertMalformed)
        }
        #expect(extractClientCertificate(fromLambda: .pem(leaf.pem)).certificate == leaf)
    }

    @Test("A Lambda event of either API or of a load balancer gives its certificate")
    func lambdaPlaces() throws {
        #expect(LambdaClientCertificate(authentication: nil, identity: nil) == .missing)
        #expect(LambdaClientCertificate(authentication: "a", identity: "b") == .pem("a"))
        #expect(LambdaClientCertificate(authentication: nil, identity: "b") == .pem("b"))
        let good: HeaderFields = ["x-amzn-mtls-clientcert": HeaderTexts.percent(leaf.pem, keeping: "+=/")]
        let found = extractClientCertificate(fromLambda: .loadBalancer(good), at: time)
        #expect(found.certificate == leaf && found.source == "aws-alb")
        let verify = try ExtractionOptions(certificateSource: .awsALBVerify)
        let wrongMode = extractClientCertificate(fromLambda: .loadBalancer(good), options: verify, at: time)
        #expect(wrongMode.reason == .headerMissingOrMalformed)
        let late = extractClientCertificate(
            fromLambda: .loadBalancer(good),
            at: leaf.notAfter.advanced(byMilliseconds: 3_600_000)
        )
        #expect(late.reason == .certificateExpired, "the load balancer does not verify what it passes through")
        let none = extractClientCertificate(fromLambda: .loadBalancer([:]), at: time)
        #expect(none.reason == .headerMissingOrMalformed)
    }

    @Test("Headers alone are read without asking a connection")
    func headersAlone() throws {
        let options = try ExtractionOptions(certificateSource: .cloudflareRFC9440, fallbackToSocket: true)
        let found = extractClientCertificate(
            fromHeaders: ["Client-Cert": HeaderTexts.byteSequence(leaf)],
            options: options,
            at: time
        )
        #expect(found.certificate == leaf)
        let none = extractClientCertificate(fromHeaders: [:], options: options, at: time)
        #expect(none.reason == .headerMissingOrMalformed)
        #expect(extractClientCertificate(fromHeaders: [:], options: .socket).reason == .headerMissingOrMalformed)
    }
}
