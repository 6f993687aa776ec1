import CertCore
import Glibc
import SafeText

/// Where the session is kept: `session.json` in the state folder, readable by its owner alone.
struct SessionFile: Sendable {
    /// What was found.
    enum Found: Sendable {
        case session(SavedSession)
        case nothing
        /// Something that this program did not write; it is left out and told of.
        case unusable(SafeText)
    }

    let path: String
    private static let limit = 64 << 10

    /// The file of a person; nil without a home.
    init?(environment: Environment = .current()) {
        guard let state = environment["XDG_STATE_HOME"] ?? environment["HOME"].map({ $0 + "/.local/state" }) else {
            return nil
        }
        path = state + "/mtlstop/session.json"
    }

    init(path: String) {
        self.path = path
    }

    /// The session of a database.
    func read(database: String, now: Timestamp) -> Found {
        let bytes: [UInt8]
        do {
            bytes = try SmallFile.read(path, atMost: Self.limit)
        } catch let failure as Failure where failure.status == .inputNotFound {
            return .nothing
        } catch {
            return .unusable("the saved session cannot be read: this one starts afresh")
        }
        guard let session = SavedSession(json: bytes, now: now) else {
            return .unusable("the saved session is not one of ours: this one starts afresh")
        }
        return session.database == database ? .session(session) : .nothing
    }

    /// Saves a session; a folder that does not exist is made, for its owner alone.
    func write(_ session: SavedSession) throws {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        for count in 2...max(2, folder.count) where count <= folder.count {
            mkdir(folder.prefix(count).joined(separator: "/"), 0o700)
        }
        try FileDraft.write(session.json, to: path)
    }
}
