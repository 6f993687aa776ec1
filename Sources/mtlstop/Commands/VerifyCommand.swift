import ArgumentParser

/// `mtlstop verify`: checks evidence offline.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a report against its manifest, offline.",
        discussion: """
            Sizes, SHA-256 and counts of the files that a manifest names, and its signature. The exit code is 0 when \
            everything is as it was made, 2 when something is not.

            EXAMPLES:
              mtlstop verify november.html.manifest.json
              mtlstop verify november.html.manifest.json --key audit-public.pem
            """
    )

    @Argument(help: "The manifest of a report.")
    var path: String

    @Option(help: ArgumentHelp("The Ed25519 public key (PEM) that the manifest must be signed with.", valueName: "key"))
    var key: String?

    func run() async throws {
        let status = try ManifestVerification.run(path, keyFile: key)
        guard status == .done else { throw ExitCode(status.rawValue) }
    }
}
