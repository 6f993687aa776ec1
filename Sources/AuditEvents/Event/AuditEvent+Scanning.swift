extension AuditEvent {
    /// Reads one line of the intake socket, full or flat form.
    ///
    /// - Throws: ``LineError`` with the column of the mistake; `missing_field` also for lines that are no event.
    public init(line: [UInt8]) throws(LineError) {
        var scanner = LineScanner()
        scanner.checksSequence = false
        let outcome = line.withUnsafeBytes { bytes -> Result<AuditEvent, LineError> in
            do throws(LineError) {
                return .success(try Self.event(try scanner.scan(bytes)))
            } catch {
                return .failure(error)
            }
        }
        self = try outcome.get()
    }

    private static func event(_ line: ScannedLine) throws(LineError) -> AuditEvent {
        guard case .event(let scanned) = line else {
            throw LineError(code: .missingField, column: nil, message: "the line is no event")
        }
        return AuditEvent(scanned)
    }

    /// The event of a scanned line as a value of its own.
    package init(_ scanned: borrowing ScannedEvent) {
        self.init(
            outcome: scanned.outcome,
            time: scanned.time,
            service: scanned.text(.service),
            source: scanned.text(.source),
            reason: scanned.text(.reason),
            certificate: CertificateClaim(scanned),
            request: RequestInfo(
                method: scanned.text(.method),
                url: scanned.text(.url),
                ip: scanned.text(.ip),
                port: scanned.port.map { Int($0) },
                host: scanned.text(.host),
                userAgent: scanned.text(.userAgent)
            ),
            tls: TLSInfo(
                authorized: scanned.authorized,
                authorizationError: scanned.text(.authorizationError),
                protocolVersion: scanned.text(.protocolVersion),
                cipher: scanned.text(.cipher),
                resumed: scanned.resumed,
                serverName: scanned.text(.serverName)
            )
        )
    }
}

extension CertificateClaim {
    /// The claim of a scanned event; nil when it says nothing about a certificate.
    init?(_ scanned: borrowing ScannedEvent) {
        self.init(
            chain: Self.chain(of: scanned),
            sha256: scanned.fingerprint(.fingerprint256),
            sha1: scanned.fingerprint(.fingerprint1),
            commonName: scanned.text(.commonName),
            subject: scanned.subjectText,
            issuer: scanned.issuerText,
            serial: scanned.text(.serial),
            validFrom: scanned.text(.notBefore),
            validTo: scanned.text(.notAfter),
            subjectAltName: scanned.text(.san)
        )
        if isEmpty { return nil }
    }

    /// The certificates whose bytes came along, as far as they can be decoded.
    private static func chain(of scanned: borrowing ScannedEvent) -> [[UInt8]] {
        var chain: [[UInt8]] = []
        var der: [UInt8] = []
        guard let leaf = scanned.leaf, leaf.decode(into: &der) else { return [] }
        chain.append(der)
        for position in 0..<scanned.issuerCount {
            guard let issuer = scanned.issuerCertificate(position), issuer.decode(into: &der) else { break }
            chain.append(der)
        }
        return chain
    }
}
