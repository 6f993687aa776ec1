import Dispatch
import Synchronization

/// A commit under way on the commit thread, beside which the writer takes the next batch.
///
/// The lock that makes it `Sendable` is `done`: until it is signalled only the commit thread touches the store and the
/// package, afterwards only the writer's thread.
final class RunningCommit: @unchecked Sendable {
    /// What is being made durable; never changed while it runs.
    let package: CommitPackage

    private let store: BatchStore
    private let now: Int64
    private let done = DispatchSemaphore(value: 0)
    private let hasEnded = Atomic<Bool>(false)
    private var result = Result<Void, StoreError>.success(())

    /// Starts it; `wake` is called on the commit thread when it has ended.
    init(
        _ package: CommitPackage,
        _ store: BatchStore,
        now: Int64,
        on queue: DispatchQueue,
        wake: @escaping @Sendable () -> Void
    ) {
        self.package = package
        self.store = store
        self.now = now
        queue.async { [self] in
            run()
            wake()
        }
    }

    /// Whether the result is there.
    var isDone: Bool { hasEnded.load(ordering: .acquiring) }

    /// Waits for the end; only the writer's thread calls it.
    func wait() -> Result<Void, StoreError> {
        done.wait()
        done.signal()
        return result
    }

    private func run() {
        result = Result { () throws(StoreError) in try store.store(package, now: now, isLast: false) }
        hasEnded.store(true, ordering: .releasing)
        done.signal()
    }
}
