/// Looks at the collector's configuration file: whether it can be understood, before a restart finds out.
struct ConfigurationCheck {
    /// The folder of `collect.json`.
    let folder: String

    private static let name = "settings"

    func finding() -> Finding {
        let path = folder + "/collect.json"
        guard FileFacts(path: path) != nil else { return .ok(Self.name, "no \(path): the defaults hold") }
        do {
            _ = try CollectFile(folder: folder)
            return .ok(Self.name, "\(path) can be read")
        } catch let failure as Failure {
            return .problem(Self.name, "\(failure.what): \(failure.why)", mend: failure.remedy ?? "mend the file")
        } catch {
            return .problem(Self.name, "\(path): \(error)", mend: "mend the file")
        }
    }
}
