import AuditEvents
import Glibc

extension WakePipe {
    /// A pipe for a door's thread.
    ///
    /// - Throws: ``Failure`` when no descriptors are left.
    static func make() throws -> WakePipe {
        guard let pipe = WakePipe() else {
            throw Failure.fromSystem(errno, what: "a pipe between threads", call: "pipe")
        }
        return pipe
    }
}
