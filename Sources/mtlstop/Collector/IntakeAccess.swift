import Glibc

/// Who may write to the intake socket, beyond what the mode of the socket says.
struct IntakeAccess: Sendable, Equatable {
    /// Users that may write.
    var users: Set<uid_t>
    /// Groups whose members may write.
    var groups: Set<gid_t>

    /// Anybody whom the mode of the socket lets in.
    static let everyone = IntakeAccess()

    /// The given users and groups; both empty lets everybody in.
    init(users: Set<uid_t> = [], groups: Set<gid_t> = []) {
        self.users = users
        self.groups = groups
    }

    /// True when a peer of this user and group may write; the collector's own user always may.
    func allows(user: uid_t, group: gid_t, collector: uid_t = geteuid()) -> Bool {
        if users.isEmpty && groups.isEmpty { return true }
        return user == collector || users.contains(user) || groups.contains(group)
    }
}
