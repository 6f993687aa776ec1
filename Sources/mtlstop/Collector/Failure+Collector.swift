import AuditStore
import Glibc

extension Failure {
    /// Another process holds what a collector needs.
    static func held(_ path: String, by pid: pid_t?) -> Failure {
        let holder = pid.map { "process \($0)" } ?? "another process"
        return Failure(
            .heldByAnotherProcess,
            what: path,
            why: "\(holder) listens there",
            remedy: "stop it, or name another --socket and --db"
        )
    }

    /// A system call failed while something was being made.
    static func fromSystem(_ number: Int32, what: String, call: String) -> Failure {
        let why = "\(call): \(String(cString: strerror(number)))"
        switch number {
        case EACCES, EPERM, EROFS:
            return Failure(.notPermitted, what: what, why: why, remedy: "check the permissions of the folder")
        case EIO:
            return Failure(.ioError, what: what, why: why)
        default:
            return Failure(.cannotCreateOutput, what: what, why: why)
        }
    }
}

extension Failure {
    /// A failure of the database as the command reports it.
    init(store error: StoreError) {
        let (status, remedy) = Self.meaning(of: error.code)
        let cause = error.cause.map { ": \($0)" } ?? ""
        self.init(status, what: error.path, why: error.message + cause, remedy: remedy)
    }

    private static func meaning(of code: StoreError.Code) -> (ExitStatus, String?) {
        switch code {
        case .notADatabase: (.badInputData, "name another --db")
        case .newerSchema: (.badInputData, "use the release that wrote it, or a newer one")
        case .heldByAnother: (.heldByAnotherProcess, "stop it, or name another --db")
        case .readOnly, .notPermitted: (.notPermitted, "check owner and mode of the file and its folder")
        case .notFound: (.inputNotFound, nil)
        case .corrupt: (.badInputData, "mtlstop verify tells what is damaged")
        default: (.ioError, nil)
        }
    }
}
