import ArgumentParser
import AuditStore
import CertCore
import SafeText

/// `mtlstop certs`: the inventory of certificates, or one of them.
struct CertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certs",
        abstract: "List the certificates that were used, or show one.",
        discussion: """
            EXAMPLES:
              mtlstop certs 'issuer:corp-int and expires:<30d'
              mtlstop certs show 9f3a17c2 --format json
            """,
        subcommands: [CertsListCommand.self, CertsShowCommand.self],
        defaultSubcommand: CertsListCommand.self
    )
}

/// `mtlstop certs [FILTER]`.
struct CertsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the certificates that were used.",
        discussion: """
            Conditions on the certificate (cn subject issuer san fp serial expires) select certificates; others \
            select events, and the numbers are of those events.

            EXAMPLES:
              mtlstop certs 'issuer:corp-int and expires:<30d' --order expiry
              mtlstop certs 'ip:10.4.0.0/16' --format csv
            """
    )

    /// The order of the list.
    enum Order: String, ExpressibleByArgument, CaseIterable {
        case seen
        case expiry
        case subject
        case uses

        var order: CertificateQuery.Order {
            switch self {
            case .seen: .lastSeen
            case .expiry: .expiry
            case .subject: .subject
            case .uses: .uses
            }
        }
    }

    @Argument(help: "Conditions like cn:svc-*, issuer:corp, expires:<30d; several are joined by and.")
    var filter: [String] = []

    @OptionGroup var place: PlaceOptions

    @Option(help: "seen (last first), expiry (soonest first), subject or uses (most first).")
    var order: Order = .seen

    @Option(help: "The most certificates; 1000 for a table, all for ndjson and csv.")
    var limit: Int?

    @Option(help: "table (on a terminal), ndjson or csv.")
    var format: OutputFormat?

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit is a number from 0 up") }
    }

    func run() async throws {
        let clock = try Clock(environment: .current())
        let format = OutputFormat.settled(format)
        let query = CertificateQuery(
            filter: try FilterOptions.filter(filter, now: clock.now),
            order: order.order,
            limit: limit ?? (format == .table ? 1000 : .max)
        )
        let usages = try place.places.reading { reader in try reader.certificates(query) }
        var output = StandardOutput()
        try CertificateListing(now: clock.now).print(usages, format, &output)
        try output.flush()
    }
}
