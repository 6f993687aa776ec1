import CertCore
import Foundation
import HTTPTypes
import HummingbirdClientCertificateAuth
import Testing

@Suite("Certificates in header fields without a connection")
struct HTTPFieldsTests {
    private func field(_ name: String, _ value: String) throws -> HTTPField {
        HTTPField(name: try #require(HTTPField.Name(name)), value: value)
    }

    @Test("Fields are read as header lines: names in any case, repeats and underscore twins refused")
    func readsFields() throws {
        let certificates = try TestCertificates()
        let good = try certificates.certificate("good")
        let value = Data(good.der).base64EncodedString()
        let options = try ExtractionOptions(certificateSource: .cloudflare, fallbackToSocket: true)
        let cases: [([(String, String)], ClientCertificate?, RejectionDetail?)] = [
            ([("Accept", "*/*"), ("CF-Client-Cert-Der-Base64", value)], good, nil),
            ([("cf-client-cert-der-base64", value), ("cf-client-cert-der-base64", value)], nil, .ambiguousHeader),
            ([("cf-client-cert-der-base64", value), ("cf_client_cert_der_base64", value)], nil, .ambiguousHeader),
            ([], nil, nil),
        ]
        for (lines, wanted, detail) in cases {
            let fields = HTTPFields(try lines.map { try field($0.0, $0.1) })
            let result = extractClientCertificate(from: fields, options: options)
            #expect(result.certificate == wanted && result.detail == detail)
            // The TLS layer is not asked although the options say so: there is none.
            if wanted == nil { #expect(result.reason == .headerMissingOrMalformed) }
        }
        let withoutSource = extractClientCertificate(
            from: [try #require(HTTPField.Name("client-cert")): value],
            options: .socket
        )
        #expect(withoutSource.reason == .headerMissingOrMalformed)
    }

    @Test("Proxies are checked when the caller knows the peer's address")
    func checksProxies() throws {
        let certificates = try TestCertificates()
        let value = Data(try certificates.certificate("good").der).base64EncodedString()
        let fields = HTTPFields([try field("cf-client-cert-der-base64", value)])
        let range = try #require(AddressRange(parsing: "10.0.0.0/8"))
        let options = try ExtractionOptions(certificateSource: .cloudflare, trustedProxies: [range])
        #expect(extractClientCertificate(from: fields, remoteAddress: "10.1.1.1", options: options).success)
        let other = extractClientCertificate(from: fields, remoteAddress: "11.1.1.1", options: options)
        #expect(other.detail == .untrustedProxy)
        #expect(extractClientCertificate(from: fields, options: options).detail == .untrustedProxy)
    }
}
