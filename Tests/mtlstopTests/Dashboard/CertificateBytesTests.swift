import AuditEvents
import AuditStore
import CertCore
import Glibc
import SafeText
import Terminal
import TestSupport
import Testing

@testable import mtlstop

@Suite("A certificate's page shows its findings and its bytes, and Expiring writes a calendar")
struct CertificateBytesTests {
    @Test("The page ends with findings, PEM and DER, and L, p and x go there")
    func sections() throws {
        var driver = Self.page()
        let der = try #require(GoldenScreens.bytes(GoldenScreens.root + "/fixtures/lint/C01.server-only.der"))
        let pem = try ClientCertificate(der: der).pem.split(separator: "\n").map(String.init)
        let lines = driver.state.document.lines.map(\.text.text.string)
        #expect(lines.contains(pem[1]) && lines.contains("findings"))
        #expect(lines.drop { $0 != "DER" }.dropFirst().count == (der.count + 15) / 16)
        driver.press(.character("x"))
        #expect(driver.text.contains("0010  "))
        driver.press(.character("p"))
        #expect(driver.text.contains("BEGIN CERTIFICATE"))
        driver.press(.character("v"))
        #expect(driver.text.contains("0000  SEQUENCE, "))
        driver.press(.character("L"))
        #expect(driver.text.contains("[C01_"))
    }

    private static func page() -> DashboardDriver {
        var driver = DashboardDriver(80, 24)
        driver.answer = FixtureAnswers.answerWithBytes
        driver.press(.character("3"), .enter)
        return driver
    }

    @Test("The why page names the certificate of the chain that failed, and only when that is what was reported")
    func whyDepth() throws {
        let path = GoldenScreens.root + "/fixtures/chains/expired-intermediate.pem"
        let chain = try ClientCertificate(pem: try #require(GoldenScreens.read(path)))
        let time = chain.issuers[0].notAfter.advanced(byMilliseconds: 86_400_000)
        #expect(ChainFault(chain, chain.issuers, at: time)?.depth == 1)
        #expect(ChainFault(chain, [], at: time) == nil)
        #expect(whyText(chain, time, .hasExpired).contains("1: the issuer of the client's certificate, CN="))
        #expect(!whyText(chain, time, VerificationCode(rawValue: 20)).contains("the issuer of the client's"))
        let sound = chain.issuers[0].notAfter.advanced(byMilliseconds: -86_400_000)
        #expect(!whyText(chain, sound, .hasExpired).contains("the issuer of the client's"))
    }

    /// The why page of a rejection with a chain, a moment and a reported code.
    private func whyText(_ chain: ClientCertificate, _ time: Timestamp, _ code: VerificationCode) -> String {
        let row = EventRow(
            id: 1199,
            time: time,
            received: time,
            outcome: .rejected,
            reason: "socket_not_authorized",
            rejectionClass: code.rejectionClass,
            code: code,
            certificate: FixtureCast.batch
        )
        var driver = DashboardDriver(120, 36)
        driver.answer = { question in
            switch (question, FixtureAnswers.answer(question)) {
            case (.live, _): .live(EventWindow(rows: [row], reachedNewest: true, reachedOldest: true))
            case (.event, _): .event(row)
            case (_, .certificate(.some(let known))):
                .certificate(
                    CertificateDossier(record: known.record, certificate: chain, details: nil, issuers: chain.issuers)
                )
            case (_, let other): other
            }
        }
        driver.state.book = AnswerBook()
        driver.send(.dataChanged)
        driver.press(.character("w"))
        return driver.state.document.lines.map(\.text.text.string).joined(separator: "\n")
    }

    @Test("] goes through every section once, and each is named in turn")
    func sectionJumps() {
        var driver = Self.page()
        let sections = driver.state.document.sections
        #expect(driver.text.contains("section 1/\(sections.count + 1): overview"))
        for (index, place) in sections.enumerated() where place <= driver.state.maximumScroll {
            driver.press(.character("]"))
            #expect(driver.state.scroll == place)
            #expect(driver.text.contains("section \(index + 2)/\(sections.count + 1): "))
        }
        driver.press(.character("["))
        #expect(driver.state.scroll < sections.last ?? 0)
    }

    @Test("The outline of every certificate of the fixtures covers all its bytes, and no raw field is unsafe")
    func rawFields() throws {
        for name in ["C01.server-only", "C03.any", "C07.authority", "C19.explicit"] {
            let path = GoldenScreens.root + "/fixtures/lint/\(name).der"
            let der = try #require(GoldenScreens.bytes(path))
            let outline = DEROutline(der)
            #expect(!outline.isIncomplete && outline.elements.first?.content.upperBound == der.count)
            let values = outline.elements.filter { !$0.isOpened }
            #expect(zip(values, values.dropFirst()).allSatisfy { $0.content.upperBound <= $1.offset })
            #expect(CertificateFields.lines(der).contains { $0.string.contains("OBJECT IDENTIFIER 2.5.4.3") })
        }
    }

    @Test("Bytes that are no DER end the outline, and random ones never trap it")
    func brokenBytes() {
        let seed = UInt64.random(in: 0...(.max))
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            var bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes = [0x30, UInt8(bytes.count)] + bytes }
            let lines = CertificateFields.lines(bytes)
            #expect(
                lines.allSatisfy { line in line.string.unicodeScalars.allSatisfy { $0.value >= 0x20 } },
                "seed \(seed)"
            )
        }
        #expect(CertificateFields.lines([0x30, 0x05, 0x01]) == ["what follows is no DER, or too much of it"])
        #expect(CertificateFields.lines([0x02, 0x01, 0x80]) == ["0000  INTEGER -128"])
        #expect(DEROutline.dotted([0x2B, 0x06, 0x01]) == "1.3.6.1" && DEROutline.dotted([0x2B, 0x86]) == nil)
    }

    @Test("A dump shows place, bytes and letters, and nothing that a terminal obeys")
    func dump() {
        let lines = CertificateBytes.dump([0x30, 0x82, 0x1B, 0x41] + Array(repeating: 0x5C, count: 14))
        #expect(lines[0].string == "0000  30 82 1b 41 5c 5c 5c 5c 5c 5c 5c 5c 5c 5c 5c 5c  0..A............")
        #expect(lines[1].string.hasPrefix("0010  5c 5c "))
        #expect(CertificateBytes.dump([]).isEmpty)
    }

    @Test("A certificate that was never passed on says so")
    func noBytes() {
        var driver = DashboardDriver(120, 36)
        driver.press(.character("3"), .enter, .character("x"))
        #expect(driver.text.contains("was not passed on"))
    }

    @Test("R leaves out what has a renewal, i writes the rest as a calendar")
    func expiring() throws {
        var driver = DashboardDriver(120, 36)
        driver.press(.character("4"))
        let all = driver.state.expiringList?.count ?? 0
        driver.press(.character("R"))
        #expect(driver.state.expiringList?.count == all - 1)
        #expect(driver.state.expiringList?.allSatisfy { $0.successor == nil } == true)
        #expect(driver.text.contains("without renewal (R)") && driver.text.contains("31.0% in 2d"))
        driver.press(.character("i"))
        guard case .writeFile(let bytes, let file, let id)? = driver.effects.last else {
            Issue.record("no file was written")
            return
        }
        #expect(file == "mtlstop-expiring-20261123T140217Z.ics")
        #expect(String(decoding: bytes, as: UTF8.self).contains("BEGIN:VEVENT"))
        let folder = try TestFolder()
        let runner = ExportRunner(databasePath: "", wake: {})
        runner.write(bytes, file: folder["a.ics"], id: id)
        for message in news(of: runner) { driver.send(message) }
        #expect(driver.text.contains("written: mtlstop-expiring"))
        #expect(GoldenScreens.read(folder["a.ics"]) == String(decoding: bytes, as: UTF8.self))
        runner.write([], file: folder["a.ics"], id: 9)
        guard case .export(.failed, 9)? = news(of: runner).last else {
            Issue.record("a file that was there was replaced")
            return
        }
        runner.close()
    }

    /// What the runner says when it has ended.
    private func news(of runner: ExportRunner) -> [Message] {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            let messages = runner.drain()
            if !messages.isEmpty { return messages }
            poll(nil, 0, 5)
        }
        return []
    }
}
