/// Requests by `curl`, which speaks HTTP/2.
enum CurlClient {
    /// What became of one request: `2 200 svc-good` is HTTP/2, the status and the answer.
    typealias Line = String

    /// Asks for `/private/whoami` once for every group of arguments, all in one run of the program.
    ///
    /// Requests go over one connection unless something about connections differs between the groups, as
    /// `--interface 127.0.0.2` does; TLS sessions are resumed from one connection to the next.
    static func get(
        port: Int,
        certificates: TestCertificates,
        as name: String?,
        common: [String] = [],
        groups: [[String]] = [[]]
    ) async throws -> [Line] {
        let folder = certificates.folder
        var arguments: [String] = []
        for group in groups {
            if !arguments.isEmpty { arguments.append("--next") }
            arguments += [
                "--silent", "--show-error", "--cacert", "\(folder)/ca.pem", "--resolve", "localhost:\(port):127.0.0.1",
                "--write-out", "\n=%{http_version} %{http_code} %{num_connects}\n",
            ]
            if let name { arguments += ["--cert", "\(folder)/\(name).pem", "--key", "\(folder)/\(name).key"] }
            arguments += common + group + ["https://localhost:\(port)/private/whoami"]
        }
        let text = try await Program.output(["curl"] + arguments)
        return lines(of: text)
    }

    /// The answer stands before the line that curl writes of it.
    private static func lines(of text: String) -> [Line] {
        var answer = ""
        var result: [Line] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("=") {
                result.append("\(line.dropFirst())\(answer.isEmpty ? "" : " ")\(answer)")
                answer = ""
            } else {
                answer = String(line)
            }
        }
        return result
    }
}
