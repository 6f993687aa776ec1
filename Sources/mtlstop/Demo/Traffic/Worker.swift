import Glibc

/// A thread of the demonstration: TLS calls block, so they stay off Swift's cooperative pool.
///
/// `@unchecked Sendable`: the identifier is written once, in `init`, before anybody else sees the worker.
final class Worker: @unchecked Sendable {
    private let identifier: pthread_t

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts the thread; `join` must be called once.
    init(_ run: @escaping @Sendable () -> Void) throws {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            },
            body.toOpaque()
        )
        if result != 0 {
            body.release()
            throw TLSFailure(step: "start a thread", cause: String(cString: strerror(result)))
        }
        identifier = thread
    }

    /// Waits until the thread has returned.
    func join() {
        pthread_join(identifier, nil)
    }
}
