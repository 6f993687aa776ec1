import CertCore
import Testing

@Suite("Options that contradict each other")
struct ExtractionOptionsTests {
    @Test("Options that would check less than they seem to are refused with a sentence")
    func refuses() {
        let attempts: [() throws -> ExtractionOptions] = [
            { try ExtractionOptions(certificateHeader: "x-cert") },
            { try ExtractionOptions(headerEncoding: .xfcc) },
            { try ExtractionOptions(chainHeader: "x-chain") },
            { try ExtractionOptions(certificateSource: .envoy, verifyHeader: "x") },
            { try ExtractionOptions(certificateSource: .envoy, verifyValue: "x") },
            { try ExtractionOptions(verifyHeader: "x", verifyValue: "y") },
            {
                try ExtractionOptions(certificateSource: .envoy, certificateHeader: "")
            },
            { try ExtractionOptions(certificateSource: .envoy, chainHeader: "a b") },
            { try ExtractionOptions(certificateSource: .envoy, trustedProxies: []) },
            {
                try ExtractionOptions(certificateSource: .envoy, xfccElement: .fromRight(0))
            },
            { try ExtractionOptions(clockSkewSeconds: -1) },
        ]
        for (index, attempt) in attempts.enumerated() {
            let error = #expect(throws: ConfigurationError.self, "\(index)") { _ = try attempt() }
            #expect(error?.message.hasPrefix("client-certificate-auth: ") == true)
        }
    }

    @Test("Unknown names are refused, the valid ones listed, and nothing raw is shown")
    func unknownNames() {
        for name in ["constructor", "__proto__", "AWS-ALB", "", "x\u{1b}[2J"] {
            let error = #expect(throws: ConfigurationError.self) { try CertificateSource(named: name) }
            #expect(error?.message.contains("aws-alb") == true)
            #expect(error?.message.contains("\u{1b}") == false)
        }
        let error = #expect(throws: ConfigurationError.self) { try HeaderEncoding(named: "pem") }
        #expect(error?.message.contains("url-pem, url-pem-aws, xfcc, base64-der, rfc9440") == true)
    }
}
