/// The exit codes that scripts and monitoring rely on; the values follow sysexits.h where it has one.
enum ExitStatus: Int32, Sendable {
    case done = 0
    case failed = 1
    case checkSaysNo = 2
    case usage = 64
    case badInputData = 65
    case inputNotFound = 66
    case collectorNotReachable = 69
    case cannotCreateOutput = 73
    case ioError = 74
    case heldByAnotherProcess = 75
    case notPermitted = 77
}
