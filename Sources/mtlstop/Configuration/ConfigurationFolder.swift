import Glibc

/// Where configuration files are: the flag wins over `MTLSTOP_CONFIG`, and that over the default.
enum ConfigurationFolder {
    /// Root gets `/etc/mtlstop`, anybody else `mtlstop` in the XDG configuration folder.
    static func settle(
        flag: String? = nil,
        environment: Environment = .current(),
        userID: uid_t = geteuid()
    ) -> String {
        if let named = flag ?? environment["MTLSTOP_CONFIG"] { return named }
        if userID == 0 { return "/etc/mtlstop" }
        return (environment["XDG_CONFIG_HOME"] ?? (environment["HOME"] ?? "/tmp") + "/.config") + "/mtlstop"
    }
}
