/// Files of `fixtures/reports`.
enum ReportFixtures {
    /// The path of a file.
    static func path(_ name: String, file: String = #filePath) -> String {
        "/" + file.split(separator: "/").dropLast(4).joined(separator: "/") + "/fixtures/reports/" + name
    }
}
