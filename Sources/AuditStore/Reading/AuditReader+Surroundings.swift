extension AuditReader {
    /// What happened around an event; nil when there is no such event.
    ///
    /// Looks at no more than the 50,000 events up to it, so it costs some tens of milliseconds however large the log.
    public func surroundings(ofEvent id: Int64) throws(StoreError) -> EventSurroundings? {
        try read { snapshot in
            guard let event = try SurroundingsCounter.Subject(snapshot, id: id) else { return nil }
            return try SurroundingsCounter(snapshot: snapshot, subject: event).surroundings()
        }
    }
}
