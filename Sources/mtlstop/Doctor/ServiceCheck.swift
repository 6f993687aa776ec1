/// Looks at the service manager: whether systemd runs, and whether our units are there and switched on.
///
/// Only files are read: a unit is switched on by a link in the folder of what wants it (systemctl(1), `enable`).
struct ServiceCheck {
    /// What stands before every path; empty but in tests.
    var root = ""

    private static let name = "systemd"
    private static let folders = [
        "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ]

    func finding() -> Finding {
        guard exists("/run/systemd/system") else {
            return .ok(Self.name, "systemd does not run this machine; start mtlstop collect in your own way")
        }
        guard let folder = Self.folders.first(where: { exists("\($0)/mtlstop.service") }) else {
            return .ok(Self.name, "mtlstop.service is not installed (scripts/install puts it in place)")
        }
        let wanted = [
            ("multi-user.target.wants", "mtlstop.service"), ("sockets.target.wants", "mtlstop.socket"),
        ]
        let missing = wanted.filter { target, unit in !exists("/etc/systemd/system/\(target)/\(unit)") }.map(\.1)
        if missing.isEmpty { return .ok(Self.name, "\(folder)/mtlstop.service starts with the machine") }
        let units = missing.joined(separator: " ")
        return .warning(
            Self.name,
            "\(units) will not start with the machine",
            mend: "systemctl enable --now \(units)"
        )
    }

    private func exists(_ path: String) -> Bool { FileFacts(path: root + path) != nil }
}
