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
            client-certificate-auth, or a class of rejections. Something unknown ends with exit code 65.

            EXAMPLES:
              mtlstop explain 10
              mtlstop explain UNABLE_TO_VERIFY_LEAF_SIGNATURE
              mtlstop explain 'FAILED:certificate has expired'
            """
    )

    @Argument(help: ArgumentHelp("A number, a name, or words.", valueName: "code|reason|text"))
    var words: [String]

    @Option(help: "table for people (the default on a terminal), ndjson for programs.")
    var format: PageFormat?

    func run() throws {
        let text = words.joined(separator: " ")
        let found = Explanation.matching(text)
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
        case .table: try write(found, to: &output)
        case .ndjson: try output.write(Self.json(found))
        }
        try output.flush()
    }

    private func write(_ found: [Explanation], to output: inout StandardOutput) throws {
        for (index, explanation) in found.enumerated() {
            if index > 0 { try output.line("") }
            for line in ExplanationPage(explanation).lines { try output.line(line) }
        }
    }

    private static func json(_ found: [Explanation]) -> [UInt8] {
        var writer = JSONWriter(capacity: 2048)
        for explanation in found { ExplanationPage(explanation).writeJSON(to: &writer) }
        return writer.bytes
    }
}
