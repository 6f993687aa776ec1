import Glibc

/// The name of this machine, as reports give it.
enum HostName {
    /// The node's name; a dash when the system does not say.
    static var current: String {
        var system = utsname()
        guard uname(&system) == 0 else { return "-" }
        return withUnsafeBytes(of: &system.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
