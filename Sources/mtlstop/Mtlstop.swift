import ArgumentParser

/// The program: picks the subcommand, turns failures into one line on stderr and an exit code.
@main
struct Mtlstop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mtlstop",
        abstract: "Watch mutual-TLS authentications live, see why certificates are rejected, export the evidence.",
        discussion: """
            EXAMPLES:
              mtlstop                       the dashboard, with a collector of its own
              mtlstop demo                  real handshakes on this machine, shown live
              mtlstop events outcome:rej    rejected authentications, newest first
              mtlstop report --format csv -o audit.csv
            """,
        version: ProductVersion.text,
        subcommands: [
            WatchCommand.self,
            EventsCommand.self,
            ReportCommand.self,
            CertsCommand.self,
            ExpiringCommand.self,
            CollectCommand.self,
            SendCommand.self,
            ExplainCommand.self,
            ExtractCommand.self,
            AuthorizeCommand.self,
            VerifyCommand.self,
            HoldCommand.self,
            CompactCommand.self,
            DoctorCommand.self,
            DemoCommand.self,
            ManualCommand.self,
        ],
        defaultSubcommand: WatchCommand.self
    )

    static func main() async {
        await CommandRunner.run(Mtlstop.self)
    }
}
