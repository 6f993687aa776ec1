import Testing

@testable import CertCore

@Suite("The cache of decoded headers")
struct CertificateCacheTests {
    let leaf: ClientCertificate
    let other: ClientCertificate

    init() throws {
        leaf = try Fixtures.chain("good-under-intermediate")
        other = try Fixtures.chain("unknown-issuer")
    }

    private func options(_ cache: CertificateCache?, _ encoding: HeaderEncoding = .xfcc) throws -> ExtractionOptions {
        try ExtractionOptions(certificateHeader: "x-cert", headerEncoding: encoding, cache: cache)
    }

    private func extract(_ value: String, _ options: ExtractionOptions) -> ExtractionResult {
        extractClientCertificate(from: ClientCertificateRequest(headers: ["X-Cert": value]), options: options)
    }

    @Test("A value that comes again is not decoded again, and gives the same certificate")
    func remembers() throws {
        let cache = CertificateCache()
        let options = try options(cache)
        let value = HeaderTexts.xfcc(leaf)
        let first = extract(value, options).certificate
        let second = extract(String(decoding: Array(value.utf8), as: UTF8.self), options).certificate
        #expect(first == leaf && second == leaf)
        #expect(first?.content === second?.content)
        #expect(cache.count == 1)
    }

    @Test("What cannot be decoded is not remembered")
    func forgetsFailures() throws {
        let cache = CertificateCache()
        let options = try options(cache)
        for value in ["", "x", "Cert=\"%\"", HeaderTexts.xfcc(leaf) + "x"] { #expect(!extract(value, options).success) }
        #expect(cache.count == 0)
    }

    @Test("The same value means another thing under another encoding or another choice")
    func separatesContexts() throws {
        let cache = CertificateCache()
        let value = HeaderTexts.base64(leaf)
        #expect(extract(value, try options(cache, .base64DER)).success)
        #expect(!extract(value, try options(cache, .rfc9440)).success)
        let two = "Cert=\"\(HeaderTexts.percent(leaf.pem))\",Cert=\"\(HeaderTexts.percent(other.pem))\""
        for (choice, wanted) in [(XFCCElementChoice.first, leaf), (.last, other), (.fromRight(2), leaf)] {
            let options = try ExtractionOptions(certificateSource: .envoy, xfccElement: choice, cache: cache)
            let request = ClientCertificateRequest(headers: ["x-forwarded-client-cert": two])
            for _ in 0..<2 { #expect(extractClientCertificate(from: request, options: options).certificate == wanted) }
        }
    }

    @Test("Two values that meet in one place are never taken for each other")
    func comparesValues() {
        let shard = CacheShard(maximumCost: 1 << 20)
        let context = CertificateCache.Context(encoding: .xfcc, element: .first, allowsList: true, room: nil)
        shard.insert("one", context, 7, [leaf])
        #expect(shard.find("one", context, 7) == [leaf])
        #expect(shard.find("two", context, 7) == nil)
        shard.insert("two", context, 7, [other])
        #expect(shard.find("two", context, 7) == [other])
        #expect(shard.find("one", context, 7) == nil)
        #expect(shard.count == 1)
    }

    @Test("A flood of different values stays within the memory, and does not drive out whom one asks for")
    func boundsMemory() throws {
        let limit = 1 << 20
        let cache = CertificateCache(maximumMemory: limit)
        let options = try options(cache)
        let regular = HeaderTexts.xfcc(leaf)
        let kept = try #require(extract(regular, options).certificate)
        for number in 0..<2000 {
            #expect(extract("\(regular);URI=\(number)", options).success)
            if number % 16 == 0 { #expect(extract(regular, options).certificate?.content === kept.content) }
        }
        #expect(cache.memory <= limit)
        #expect(cache.count > 20 && cache.count < 2000)
    }

    @Test("Many threads may ask at once")
    func isThreadSafe() async throws {
        let cache = CertificateCache(maximumMemory: 65_536)
        let options = try options(cache)
        let values = (0..<40).map { number in
            (HeaderTexts.xfcc(number % 2 == 0 ? leaf : other) + ";URI=\(number)", number % 2 == 0 ? leaf : other)
        }
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<200).count { round in
                        let (value, wanted) = values[(task * 7 + round) % values.count]
                        return extract(value, options).certificate != wanted
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
        #expect(cache.memory <= 65_536)
    }

    @Test("Validity is judged anew for a remembered certificate")
    func judgesAnew() throws {
        let cache = CertificateCache()
        let options = try ExtractionOptions(
            certificateHeader: "x-cert",
            headerEncoding: .xfcc,
            checkValidity: true,
            cache: cache
        )
        let request = ClientCertificateRequest(headers: ["X-Cert": HeaderTexts.xfcc(leaf)])
        let before = leaf.notAfter.advanced(byMilliseconds: -1000)
        let after = leaf.notAfter.advanced(byMilliseconds: 3_600_000)
        #expect(extractClientCertificate(from: request, options: options, at: before).success)
        let late = extractClientCertificate(from: request, options: options, at: after)
        #expect(late.reason == .certificateExpired)
    }
}
