import Glibc

/// What the locale can show.
enum TextEncoding {
    /// True when the locale says that its characters are UTF-8.
    static func isUTF8(_ environment: Environment = .current()) -> Bool {
        guard let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] else { return false }
        let name = locale.uppercased()
        return name.contains("UTF-8") || name.contains("UTF8")
    }
}
