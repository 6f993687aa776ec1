import Glibc

/// A thread of its own for work that blocks: SQLite reads and the terminal never run on the cooperative pool.
enum DedicatedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread that the caller joins or detaches; nil when the system has none left.
    static func start(_ run: @escaping @Sendable () -> Void) -> pthread_t? {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { context in
                if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            },
            body.toOpaque()
        )
        guard status == 0 else {
            body.release()
            return nil
        }
        return thread
    }

    /// Runs blocking work on a thread of its own and suspends until it is done.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let thread = start { continuation.resume(with: Result { try work() }) }
            if let thread {
                pthread_detach(thread)
            } else {
                continuation.resume(
                    throwing: Failure(.failed, what: "thread", why: "the system has none left", remedy: "ulimit -u")
                )
            }
        }
    }
}
