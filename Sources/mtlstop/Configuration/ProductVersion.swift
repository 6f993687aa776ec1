/// The version that `--version`, manifests and reports carry.
enum ProductVersion {
    /// Semantic version, without a prefix.
    static let text = "0.1.0"
}
