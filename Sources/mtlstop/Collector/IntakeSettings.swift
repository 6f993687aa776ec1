import Synchronization

/// What may change while a collector runs.
struct IntakeSettings: Sendable, Equatable {
    /// Who may write; a change concerns new connections.
    var access = IntakeAccess.everyone
    /// Lines a second and user; nil is no limit.
    var rateLimit: Int?
    /// Events older than this are removed, in milliseconds; nil keeps everything.
    var retention: Int64?
    /// The log files that are followed, settled by ``FollowedPaths``.
    var followed: [String] = []
}

/// The settings in force, shared by the threads of a collector and by who reloads them.
final class IntakeControl: Sendable {
    private let settings: Mutex<IntakeSettings>
    private let listeners = Mutex<[@Sendable () -> Void]>([])

    init(_ settings: IntakeSettings = IntakeSettings()) {
        self.settings = Mutex(settings)
    }

    /// The settings now.
    var current: IntakeSettings { settings.withLock { $0 } }

    /// Puts new settings in force.
    func replace(_ new: IntakeSettings) {
        settings.withLock { $0 = new }
        for listener in listeners.withLock({ $0 }) { listener() }
    }

    /// Calls back after every replacement, on the thread that replaces; for as long as the settings live.
    func onReplacement(_ listener: @escaping @Sendable () -> Void) {
        listeners.withLock { $0.append(listener) }
    }
}
