import AuditEvents
import Glibc

/// `collect.json` in the configuration folder: what `mtlstop collect` reads at its start and again on SIGHUP.
///
/// One object; every key may be missing, an unknown one is an error. A flag of the command wins over its key.
///
/// ```json
/// {"allowUid": [1001], "allowGid": [33], "rateLimit": 5000, "retain": "400d", "follow": ["/var/log/caddy/mtls.json"]}
/// ```
struct CollectFile: Equatable {
    /// Users that may write.
    var users: Set<uid_t> = []
    /// Groups whose members may write.
    var groups: Set<gid_t> = []
    /// Lines a second and user; nil is no limit.
    var rateLimit: Int?
    /// Events older than this are removed, in milliseconds; nil keeps everything.
    var retention: Int64?
    /// Log files that are followed, by absolute paths.
    var followed: [String] = []

    /// The two lists as one rule.
    var access: IntakeAccess { IntakeAccess(users: users, groups: groups) }

    /// The largest file that is read.
    private static let largest = 1 << 20

    /// Reads the file of a folder; a file that is not there says nothing.
    ///
    /// - Throws: ``Failure``: 65 when it cannot be understood, 74 or 77 when it cannot be read.
    init(folder: String) throws {
        let path = folder + "/collect.json"
        guard let bytes = try Self.bytes(of: path) else { return }
        do throws(LineError) {
            try take(try JSONValue(parsing: bytes, depth: 8))
        } catch {
            let place = error.column.map { " (byte \($0))" } ?? ""
            throw Failure(.badInputData, what: path, why: "\(error.message)\(place)", remedy: "mend the file")
        }
    }

    private mutating func take(_ value: JSONValue) throws(LineError) {
        guard let members = value.members else { throw Self.mistake("the file holds no object") }
        for member in members {
            switch member.key {
            case "allowUid": users = try Self.numbers(member)
            case "allowGid": groups = try Self.numbers(member)
            case "rateLimit": rateLimit = try Self.limit(member)
            case "retain": retention = try Self.time(member)
            case "follow": followed = try Self.paths(member)
            default: throw Self.mistake("there is no setting \"\(member.key)\"")
            }
        }
    }

    private static func numbers(_ member: JSONValue.Member) throws(LineError) -> Set<UInt32> {
        guard let elements = member.value.elements else { throw mistake("\(member.key) is no list") }
        var numbers: Set<UInt32> = []
        for element in elements {
            guard let number = element.integerValue.flatMap({ UInt32(exactly: $0) }) else {
                throw mistake("\(member.key) lists something that is no id")
            }
            numbers.insert(number)
        }
        return numbers
    }

    private static func paths(_ member: JSONValue.Member) throws(LineError) -> [String] {
        guard let elements = member.value.elements else { throw mistake("\(member.key) is no list") }
        var paths: [String] = []
        for element in elements {
            // The working directory of a service is nothing that a file should depend on.
            guard let path = element.stringValue, path.hasPrefix("/") else {
                throw mistake("\(member.key) lists something that is no absolute path")
            }
            paths.append(path)
        }
        return paths
    }

    private static func limit(_ member: JSONValue.Member) throws(LineError) -> Int? {
        if member.value.isNull { return nil }
        guard let number = member.value.integerValue, number > 0, number <= 1_000_000_000 else {
            throw mistake("\(member.key) is no number of lines a second")
        }
        return Int(number)
    }

    private static func time(_ member: JSONValue.Member) throws(LineError) -> Int64? {
        if member.value.isNull { return nil }
        guard let time = member.value.stringValue.flatMap({ DayCount(argument: $0) }) else {
            throw mistake("\(member.key) is no time such as \"400d\"")
        }
        return time.milliseconds
    }

    private static func mistake(_ why: String) -> LineError {
        LineError(code: .badJSON, message: why)
    }

    private static func bytes(of path: String) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0 && (errno == ENOENT || errno == ENOTDIR) { return nil }
        guard descriptor >= 0 else { throw Failure.fromSystem(errno, what: path, call: "open") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 { throw Failure.fromSystem(errno, what: path, call: "read") }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= largest else { throw Failure(.badInputData, what: path, why: "the file is too large") }
        }
    }
}
