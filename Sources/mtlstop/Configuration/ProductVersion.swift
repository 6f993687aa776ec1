/// The version that `--version`, manifests and reports carry.
enum ProductVersion {
    /// Semantic version, without a prefix.
    static let text = "0.1.0"
    /// The day of the version, as the manual page writes it.
    static let date = "November 23, 2026"
}
