import ArgumentParser
import AuditStore
import CertCore
import SafeText

/// `mtlstop compact`: gives the room of removed events back.
struct CompactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Rewrite the database without the room of removed events.",
        discussion: """
            Only while no collector runs (exit 75). Needs free room for the new file; whatever happens, the database \
            stays whole. Restart dashboards afterwards: one that is open still shows the old file.

            EXAMPLES:
              systemctl stop mtlstop && mtlstop compact && systemctl start mtlstop
            """
    )

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        do {
            let result = try DatabaseCompaction(path: place.places.database).run(now: .now())
            var output = StandardOutput()
            try output.line("\(result.before) bytes before, \(result.after) bytes after")
            try output.flush()
        } catch let error as StoreError {
            throw Failure(reading: error)
        }
    }
}
