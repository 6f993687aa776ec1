import AuditStore
import CertCore
import Glibc

/// A certificate to show: itself, what the database knows of it, or both.
struct CertificateSubject {
    var certificate: ClientCertificate?
    var record: CertificateRecord?
    var kin = CertificateKin()

    /// What the checks may know beside the certificate itself.
    func lintContext(at now: Timestamp) -> LintContext {
        var context = LintContext(now: now)
        context.lastUse = record?.usage.lastSeen
        context.issuer = certificate?.issuers.isEmpty == false ? nil : kin.issuer
        context.sameSerial = kin.sameSerial
        context.sameKeySubjects = kin.sameKeySubjects
        context.earlierWithSameKey = kin.earlierWithSameKey
        return context
    }
}

/// Finds the certificate that an argument names.
struct CertificateFinder {
    /// The largest file that is read: a chain of ten certificates of 64 KiB in PEM.
    static let largestFile = 1 << 20

    let places: Places

    /// `-` is standard input, an existing file is read, everything else is a fingerprint.
    func find(_ name: String) throws -> CertificateSubject {
        if name == "-" {
            let input = "standard input"
            return try parsed(try contents(of: STDIN_FILENO, name: input), name: input)
        }
        let descriptor = open(name, O_RDONLY | O_CLOEXEC)
        if descriptor >= 0 {
            defer { close(descriptor) }
            return try parsed(try contents(of: descriptor, name: name), name: name)
        }
        if errno != ENOENT {
            let status: ExitStatus = errno == EACCES ? .notPermitted : .ioError
            throw Failure(status, what: name, why: String(cString: strerror(errno)))
        }
        return try stored(name)
    }

    private func stored(_ text: String) throws -> CertificateSubject {
        guard Self.mayBeStored(text) else {
            throw notFound(text, "there is no such file, and it is no fingerprint")
        }
        guard access(places.database, F_OK) == 0 else {
            throw Failure(
                .inputNotFound,
                what: text,
                why: "there is no such file, and no database to look it up in: \(places.database)",
                remedy: "name a file, or the database with --db PATH"
            )
        }
        let record = try places.reading { reader in try reader.certificate(matching: text) }
        guard let record else { throw notFound(text, "no stored certificate starts with it and there is no such file") }
        var certificate = try record.der.map { try parsedCertificate($0, name: text) }
        certificate?.issuers = record.issuers.compactMap { try? ClientCertificate(der: $0) }
        let kin = try certificate.map { certificate in try places.reading { reader in try reader.kin(of: certificate) }
        }
        return CertificateSubject(certificate: certificate, record: record, kin: kin ?? CertificateKin())
    }

    /// Whether a text can be what a stored certificate is found by: `#` and its number, or the first digits of a
    /// fingerprint.
    private static func mayBeStored(_ text: String) -> Bool {
        var digits = text.lowercased()[...]
        if digits.hasPrefix("#") { return digits.count > 1 && digits.dropFirst().allSatisfy(\.isNumber) }
        for prefix in ["sha256:", "sha1:"] where digits.hasPrefix(prefix) { digits = digits.dropFirst(prefix.count) }
        let hex = digits.filter { $0 != ":" }
        return hex.count >= 4 && hex.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    private func notFound(_ text: String, _ why: String) -> Failure {
        Failure(.inputNotFound, what: text, why: why, remedy: "mtlstop certs lists the certificates")
    }

    /// A file's certificate, with what the database knows of it when there is a database.
    private func parsed(_ bytes: [UInt8], name: String) throws -> CertificateSubject {
        let certificate = try parsedCertificate(bytes, name: name)
        let reader = try? AuditReader(path: places.database)
        let record = try? reader?.certificate(matching: certificate.sha256.hex)
        let kin = try? reader?.kin(of: certificate)
        return CertificateSubject(certificate: certificate, record: record ?? nil, kin: kin ?? CertificateKin())
    }

    private func parsedCertificate(_ bytes: [UInt8], name: String) throws -> ClientCertificate {
        do throws(CertificateError) {
            // Other text may stand around the blocks: `openssl s_client` and `openssl x509 -text` print it.
            let chain = try ClientCertificate.bundle(bytes)
            var leaf = chain[0]
            leaf.issuers = Array(chain.dropFirst())
            return leaf
        } catch {
            throw Failure(.badInputData, what: name, why: "\(error)", remedy: "give a certificate in PEM or DER")
        }
    }

    private func contents(of descriptor: Int32, name: String) throws -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { return result }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(.ioError, what: name, why: String(cString: strerror(errno)))
            }
            result += buffer.prefix(count)
            if result.count > Self.largestFile {
                throw Failure(.badInputData, what: name, why: "it is larger than 1 MiB and so no certificate")
            }
        }
    }
}
