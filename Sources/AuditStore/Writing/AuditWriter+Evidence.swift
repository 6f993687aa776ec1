package import AuditEvents
package import CertCore

extension AuditWriter {
    /// The bytes of a refused line that are kept.
    package static let badLineHead = 256

    /// Stores a line that was refused; it consumes its sequence number if that could be read.
    ///
    /// - Parameters:
    ///   - head: The start of the line; no more than ``badLineHead`` bytes are kept.
    ///   - length: The length of the whole line in bytes.
    ///   - error: Why it was refused.
    ///   - line: The number of the line on its connection, from 1.
    /// - Returns: `repeated` when its sequence number was taken before: the line came again and is dropped.
    @discardableResult
    package func appendBadLine(
        head: UnsafeRawBufferPointer,
        length: Int,
        error: LineError,
        line: Int? = nil,
        session: SessionID,
        producer: ProducerHandle?,
        now: Timestamp
    ) -> Appended {
        let sequence = producer == nil ? nil : error.sequence
        if let producer, let sequence, let repeated = dropRepeat(producer, sequence) { return repeated }
        batch.badLines.append(
            PendingBadLine(
                time: now.milliseconds,
                session: session.rawValue,
                producer: producer?.id,
                sequence: error.sequence.map { Int64(clamping: $0) },
                line: line.map(Int64.init),
                code: error.code.rawValue,
                column: error.column.map(Int64.init),
                length: Int64(length),
                head: Array(head.prefix(Self.badLineHead))
            )
        )
        count(session: session, badLines: 1)
        if let producer, let sequence { advance(producer, to: sequence, session: session, now: now.milliseconds) }
        return .stored
    }

    /// Stores that events got lost.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - since: When the loss began, if that is known.
    ///   - session: The connection that tells it, or on which it happened.
    ///   - detail: Our own words about it.
    package func appendLoss(
        kind: LossKind,
        count: UInt64,
        since: Timestamp?,
        session: SessionID?,
        detail: String? = nil,
        now: Timestamp = .now()
    ) {
        let producer = session.flatMap { sessions[$0.rawValue]?.producer } ?? 0
        let number = Int64(clamping: count)
        batch.losses.append(
            PendingLoss(
                time: now.milliseconds,
                session: session?.rawValue,
                producer: producer == 0 ? nil : producer,
                kind: kind,
                count: number,
                since: since?.milliseconds,
                detail: detail
            )
        )
        guard producer != 0 else { return }
        let lost = producers[producer]?.lost ?? 0
        producers[producer]?.lost = lost.addingSaturated(number)
        producers[producer]?.isDirty = true
    }

    /// Stores a certificate that was asked for.
    ///
    /// - Throws: ``LineError``: `bad_cert` or `cert_too_large`.
    package func addCertificate(der: [UInt8]) throws(LineError) {
        // Nobody waits for the certificate: when the database cannot be read now, it is asked for again later.
        guard let problem = (try? certificates.add(der: der, lookups)) ?? nil else { return }
        throw LineError(code: problem, message: "the certificate cannot be stored")
    }

    /// Stores a certificate that was asked for and came as base64 text of its DER.
    ///
    /// - Throws: ``LineError``: `bad_cert` or `cert_too_large`.
    package func addCertificate(base64: UnsafeRawBufferPointer) throws(LineError) {
        var der: [UInt8] = []
        guard Base64.decode(base64, into: &der) else {
            throw LineError(code: .badCert, message: "the certificate is no base64 text")
        }
        try addCertificate(der: der)
    }

    /// The SHA-256, in lower-case hexadecimal, of certificates that events named by it only; each is given once.
    package func certificatesWanted() -> [String] {
        certificates.takeWanted()
    }
}

extension Int64 {
    /// The sum, or the greatest number when there is none.
    func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
