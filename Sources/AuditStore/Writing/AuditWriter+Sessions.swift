package import CertCore

extension AuditWriter {
    /// Notes that a reporter connected.
    package func beginSession(peer: PeerCredentials, now: Timestamp) -> SessionID {
        let id = nextSession
        nextSession += 1
        sessions[id] = SessionState(id: id, peer: peer, started: now.milliseconds)
        return SessionID(rawValue: id)
    }

    /// Notes that a reporter is gone.
    package func endSession(_ session: SessionID, now: Timestamp) {
        guard var state = sessions[session.rawValue], state.ended == nil else { return }
        state.ended = now.milliseconds
        state.isDirty = true
        sessions[session.rawValue] = state
        producers[state.producer]?.sessions -= 1
    }

    /// Attaches a producer to a session; the handle tells from where it goes on.
    ///
    /// - Parameters:
    ///   - uuid: The producer's uuid; it is its own only together with the uid of the session's peer.
    ///   - application: What the producer says it is, if it does.
    ///   - session: An open session.
    package func attachProducer(
        uuid: String,
        application: String?,
        session: SessionID
    ) throws(StoreError) -> ProducerHandle {
        guard var state = sessions[session.rawValue] else {
            throw StoreError(.notFound, path: path, message: "there is no session \(session.rawValue)")
        }
        let key = ProducerKey(uid: state.peer.uid, uuid: uuid)
        let applicationID = try nameID(.application, application)
        var producer = try producerState(key, application: applicationID)
        if applicationID != 0, producer.application != applicationID {
            producer.application = applicationID
            producer.isDirty = true
        }
        if state.producer != producer.id {
            producers[state.producer]?.sessions -= 1
            producer.sessions += 1
            state.producer = producer.id
            state.isDirty = true
            sessions[session.rawValue] = state
        }
        producers[producer.id] = producer
        producerIDs[key] = producer.id
        return ProducerHandle(id: producer.id, lastSequence: producer.durable)
    }

    private func producerState(_ key: ProducerKey, application: Int64) throws(StoreError) -> ProducerState {
        if let id = producerIDs[key], let state = producers[id] { return state }
        if let stored = try lookups.producer(uid: key.uid, uuid: key.uuid) { return stored }
        let id = nextProducer
        nextProducer += 1
        return ProducerState(newID: id, uid: key.uid, uuid: key.uuid, application: application)
    }

    private func nameID(_ kind: NameKind, _ text: String?) throws(StoreError) -> Int64 {
        guard let text else { return 0 }
        let found = Array(text.utf8).withUnsafeBytes { bytes in
            Result { () throws(StoreError) in try names.id(kind, bytes, lookups) }
        }
        return try found.get()
    }

    /// Counts a line of a session.
    func count(session: SessionID, events: Int64 = 0, badLines: Int64 = 0) {
        sessions[session.rawValue]?.count(events: events, badLines: badLines)
    }
}
