import ArgumentParser
import CertCore
import SafeText

/// `mtlstop explain`: what a rejection means and what to do about it.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "What a rejection means, what usually causes it, and what to do.",
        discussion: """
            Takes an OpenSSL number, an X509_V_ERR name, Node's name, the text of libcrypto or nginx, a reason of \
            client-certificate-auth, or a class of rejections. A line of libcrypto's programs that names the depth says \
            which certificate of the chain failed. Something unknown ends with exit code 65.

            EXAMPLES:
              mtlstop explain 10
              mtlstop explain UNABLE_TO_VERIFY_LEAF_SIGNATURE
              mtlstop explain 'FAILED:certificate has expired'
              mtlstop explain 'error 10 at 1 depth lookup: certificate has expired'
            """
    )

    @Argument(help: ArgumentHelp("A number, a name, or words.", valueName: "code|reason|text"))
    var words: [String]

    @Option(help: "table for people (the default on a terminal), ndjson for programs.")
    var format: PageFormat?

    func run() throws {
        let text = words.joined(separator: " ")
        let place = VerificationPlace(text: text)
        let found =
            place.map { [Explanation.of($0.code.rejectionClass, code: $0.code, reason: nil, depth: $0.depth)] }
            ?? Explanation.matching(text)
        guard !found.isEmpty else {
            throw Failure(
                .badInputData,
                what: "explain",
                why: "\"\(text)\" is no code, name, text or reason that is known",
                remedy: "mtlstop explain --help shows what it takes"
            )
        }
        var output = StandardOutput()
        switch PageFormat.settled(format) {
        case .table: try write(found, place?.depth, to: &output)
        case .ndjson: try output.write(Self.json(found, place?.depth))
        }
        try output.flush()
    }

    private func write(_ found: [Explanation], _ depth: Int?, to output: inout StandardOutput) throws {
        for (index, explanation) in found.enumerated() {
            if index > 0 { try output.line("") }
            for line in ExplanationPage(explanation, depth: depth).lines { try output.line(line) }
        }
    }

    private static func json(_ found: [Explanation], _ depth: Int?) -> [UInt8] {
        var writer = JSONWriter(capacity: 2048)
        for explanation in found { ExplanationPage(explanation, depth: depth).writeJSON(to: &writer) }
        return writer.bytes
    }
}
