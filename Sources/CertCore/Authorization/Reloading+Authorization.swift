extension Reloading where Value == AuthorizationPolicy {
    /// Asks the policy as it is now, and looks after its files while requests come.
    ///
    /// - Parameters:
    ///   - milliseconds: How long after a look the next request looks again; that request waits for the reading.
    ///   - onChange: Told when the policy was replaced, or could not be and was kept.
    public func callback(
        lookingEvery milliseconds: Int64 = 1000,
        onChange: @escaping @Sendable (Change) -> Void = { _ in }
    ) -> AuthorizationCallback {
        { certificate, request in
            self.look(milliseconds, onChange)
            return try await self.current.callback(certificate, request)
        }
    }
}

extension Reloading {
    /// The value as it is now, for what asks at every request (revocation lists, CAs); looks after the files as it goes.
    public func source(
        lookingEvery milliseconds: Int64 = 1000,
        onChange: @escaping @Sendable (Change) -> Void = { _ in }
    ) -> @Sendable () -> Value {
        {
            self.look(milliseconds, onChange)
            return self.current
        }
    }

    private func look(_ milliseconds: Int64, _ onChange: (Change) -> Void) {
        switch refresh(afterMilliseconds: milliseconds) {
        case .unchanged: break
        case let change: onChange(change)
        }
    }
}
