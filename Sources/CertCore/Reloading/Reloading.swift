import Glibc
import Synchronization

/// A value that is made from files, and made again when they change.
///
/// Readers always see a whole value: the new one replaces the old at one stroke, and when the files cannot be used the old
/// one stays. Any number of threads may read and refresh at once; one of them loads, the others go on with what there is.
public final class Reloading<Value: Sendable>: Sendable {
    /// What a look at the files led to.
    public enum Change: Sendable {
        /// The files have the same content, or another thread is loading them.
        case unchanged
        /// The value was made anew.
        case replaced
        /// The files changed and cannot be used; the former value stays. Told once for one content.
        case kept(any Error)
    }

    private struct State {
        var value: Value
        var files: SourceFiles
        var isLoading = false
        var hasFailed = false
        var lastLook: Int64
    }

    private let load: @Sendable (inout SourceFiles) throws -> Value
    private let state: Mutex<State>

    /// Makes the value for the first time; throws what `load` throws.
    ///
    /// - Parameter load: Makes the value, reading every file through the argument.
    public init(load: @escaping @Sendable (_ files: inout SourceFiles) throws -> Value) throws {
        var files = SourceFiles()
        let value = try load(&files)
        self.load = load
        state = Mutex(State(value: value, files: files, lastLook: Self.monotonic))
    }

    /// The value as it was made last.
    public var current: Value { state.withLock { $0.value } }

    /// The files that the last attempt read, in their order.
    public var paths: [String] { state.withLock { $0.files.paths } }

    /// Looks at the files, and makes the value anew when their content changed.
    ///
    /// Costs one `stat` a file while nothing changes. Blocks while it reads.
    @discardableResult
    public func refresh() -> Change {
        let known = state.withLock { state -> SourceFiles? in
            state.lastLook = Self.monotonic
            if state.isLoading { return nil }
            state.isLoading = true
            return state.files
        }
        guard let known else { return .unchanged }
        defer { state.withLock { $0.isLoading = false } }
        guard known.mayHaveChanged else { return .unchanged }
        return reload(known)
    }

    /// As ``refresh()``, but not before so many milliseconds have passed since the last look.
    @discardableResult
    public func refresh(afterMilliseconds interval: Int64) -> Change {
        let isDue = state.withLock { Self.monotonic - $0.lastLook >= interval }
        return isDue ? refresh() : .unchanged
    }

    private func reload(_ known: SourceFiles) -> Change {
        var files = SourceFiles()
        let made = Result { try load(&files) }
        let isSame = files.hasSameContent(as: known)
        return state.withLock { state in
            state.files = files
            switch made {
            case .success(let value):
                if isSame, !state.hasFailed { return .unchanged }
                state.hasFailed = false
                state.value = value
                return .replaced
            case .failure(let error):
                if isSame, state.hasFailed { return .unchanged }
                state.hasFailed = true
                return .kept(error)
            }
        }
    }

    /// Milliseconds of a clock that nobody sets.
    private static var monotonic: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
