import ArgumentParser

/// `mtlstop manual`: the manual page, for the installation script.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page mtlstop(1).",
        discussion: """
            EXAMPLE:
              mtlstop manual | man -l -
            """,
        shouldDisplay: false
    )

    /// What all commands say of themselves.
    static func program() throws -> CommandDescription {
        try CommandDescription(dump: Mtlstop._dumpHelp())
    }

    func run() throws {
        var output = StandardOutput()
        try output.write(ManualPage.text(Self.program()).utf8)
        try output.flush()
    }
}
