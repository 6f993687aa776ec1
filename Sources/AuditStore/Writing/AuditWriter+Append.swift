package import AuditEvents
package import CertCore

extension AuditWriter {
    /// Takes one event into the batch.
    ///
    /// With a producer, its sequence number decides: one that is stored already is dropped and counted, a jump becomes
    /// a loss row. An error means that the database could not be read; the event is not taken and may come again.
    ///
    /// - Parameters:
    ///   - event: The scanned line; its bytes are copied where they are new.
    ///   - session: The connection it came on.
    ///   - producer: The producer in acknowledged mode; nil in bare mode, where `seq` means nothing.
    ///   - received: When it arrived; also the event's time when it has none.
    package func append(
        _ event: borrowing ScannedEvent,
        session: SessionID,
        producer: ProducerHandle?,
        received: Timestamp
    ) throws(StoreError) -> Appended {
        let sequence = producer == nil ? nil : event.sequence
        // Nothing below adds or removes a producer before its state is moved on: one search serves an event.
        let place = producer.flatMap { producers.index(forKey: $0.id) }
        if let producer, let sequence, let place, sequence <= producers.values[place].last {
            return dropRepeat(producer, sequence) ?? .repeated(last: producers.values[place].durable)
        }
        let problem = try take(copy event, session: session, received: received.milliseconds)
        count(session: session, events: 1)
        if let producer, let sequence, let place {
            if !producers.values[place].goOn(to: sequence) {
                advance(producer, to: sequence, session: session, now: received.milliseconds)
            }
        }
        return problem.map { .storedWithoutCertificate($0) } ?? .stored
    }

    /// Adds the event's row; returns why it has no certificate, if it lost one.
    private func take(
        _ event: ScannedEvent,
        session: SessionID,
        received: Int64
    ) throws(StoreError) -> LineError.Code? {
        let time = event.time?.milliseconds ?? received
        var context = ContextKey(session: session.rawValue)
        let places = try Self.fill(&context, event, &names, lookups)
        let shared = try tuple(context, event)
        let found = try certificates.resolve(event, eventID: batch.nextID, time: time, lookups)
        noteIssuers(of: event, found.certificate)
        let problem = event.marks.certificateProblem ?? found.problem
        let verdict = try self.verdict(event, found.certificate, problem, source: context.source, time: time)
        let facts = EventFacts(
            id: batch.nextID,
            time: time,
            received: received,
            outcome: event.outcome.rawValue,
            port: event.port ?? -1,
            marks: Int64(event.marks.rawValue | Self.mark(problem))
        )
        let leaf = record.event(
            facts,
            context: shared.digest,
            verdict: verdict.digest,
            certificate: found.certificate?.reference ?? .none,
            ip: event.bytes(.ip),
            path: event.bytes(.url)
        )
        var row = PendingEvent(facts, leaf: leaf)
        row.certificate = found.certificate?.id ?? 0
        row.ip = places.ip
        row.path = places.path
        row.verdict = verdict.id
        row.context = shared.id
        row.service = context.service
        batch.events.append(row)
        return problem
    }

    private func verdict(
        _ event: ScannedEvent,
        _ certificate: KnownCertificate?,
        _ problem: LineError.Code?,
        source: Int64,
        time: Int64
    ) throws(StoreError) -> InternedTuple {
        let reason = try names.id(.reason, event.bytes(.reason), lookups)
        let authorizationError = try names.id(.authorizationError, event.bytes(.authorizationError), lookups)
        let validity = certificate?.validity(at: time) ?? .none
        let state = validity == .none && problem != nil ? .unknown : validity
        return try verdicts.verdict(
            event,
            names: VerdictFinder.Names(reason: reason, authorizationError: authorizationError, source: source),
            certificate: state,
            known: certificate,
            time: time,
            lookups,
            recover: { (known) throws(StoreError) in try self.recover(event, known, state, time) }
        )
    }

    private func tuple(_ context: ContextKey, _ event: ScannedEvent) throws(StoreError) -> InternedTuple {
        try contexts.tuple(context) { [lookups] (key) throws(StoreError) in
            try lookups.context(key)
        } digest: {
            digest(of: context, event)
        }
    }

    /// Looks all names of an event up, with one access to the interner; gives those that are no part of the context.
    private static func fill(
        _ context: inout ContextKey,
        _ event: ScannedEvent,
        _ names: inout NameInterner,
        _ lookups: Lookups
    ) throws(StoreError) -> (ip: Int64, path: Int64) {
        context.service = try names.id(.service, event.bytes(.service), lookups)
        context.source = try names.id(.source, event.bytes(.source), lookups)
        context.method = try names.id(.method, event.bytes(.method), lookups)
        context.host = try names.id(.host, event.bytes(.host), lookups)
        context.userAgent = try names.id(.userAgent, event.bytes(.userAgent), lookups)
        context.tlsProtocol = try names.id(.tlsProtocol, event.bytes(.protocolVersion), lookups)
        context.cipher = try names.id(.cipher, event.bytes(.cipher), lookups)
        context.serverName = try names.id(.serverName, event.bytes(.serverName), lookups)
        context.authorized = ContextKey.truth(event.authorized)
        context.resumed = ContextKey.truth(event.resumed)
        let ip = try names.id(.ip, event.bytes(.ip), lookups)
        return (ip, try names.id(.path, event.bytes(.url), lookups))
    }

    private func digest(of context: ContextKey, _ event: ScannedEvent) -> SHA256Digest {
        let fields: [LineField] = [
            .service, .source, .method, .host, .userAgent, .protocolVersion, .cipher, .serverName,
        ]
        return record.context(
            session: context.session,
            peer: sessions[context.session]?.peer ?? PeerCredentials(pid: 0, uid: 0, gid: 0),
            authorized: context.authorized,
            resumed: context.resumed,
            texts: fields.map { event.bytes($0) }
        )
    }

    private static func mark(_ problem: LineError.Code?) -> UInt32 {
        switch problem {
        case nil: 0
        case .certTooLarge?: EventMarks.certificateTooLarge.rawValue
        default: EventMarks.badCertificate.rawValue
        }
    }
}

extension AuditWriter {
    /// The answer to an event whose number was taken before; nil for a new one.
    func dropRepeat(_ producer: ProducerHandle, _ sequence: UInt64) -> Appended? {
        guard let state = producers[producer.id], sequence <= state.last else { return nil }
        producers[producer.id]?.repeated += 1
        producers[producer.id]?.isDirty = true
        return .repeated(last: state.durable)
    }

    /// Moves a producer on; what its numbers jumped over is a loss.
    func advance(_ producer: ProducerHandle, to sequence: UInt64, session: SessionID?, now: Int64) {
        guard var state = producers[producer.id], sequence > state.last else { return }
        let missing = sequence - state.last - 1
        if missing > 0 {
            batch.losses.append(
                PendingLoss(
                    time: now,
                    session: session?.rawValue,
                    producer: producer.id,
                    kind: .gap,
                    count: Int64(clamping: missing),
                    firstSequence: Int64(clamping: state.last + 1),
                    lastSequence: Int64(clamping: sequence - 1)
                )
            )
            state.lost = state.lost.addingSaturated(Int64(clamping: missing))
        }
        state.last = sequence
        state.isDirty = true
        producers[producer.id] = state
    }
}
