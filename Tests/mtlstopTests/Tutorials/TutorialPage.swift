import Foundation
import Testing

/// A page of `docs/` whose fenced blocks are commands and files: read here, run by a test, so that it cannot rot.
///
/// What a fence says after its language decides what a block is:
///
/// - ` ```sh ` is run, in the order of the page, in one shell that stops at the first failure;
/// - ` ```LANGUAGE file=NAME ` is saved under that name in the working folder, where the page has it;
/// - everything else (` ```text `, ` ```console `, ` ```sh example `) is only shown.
struct TutorialPage {
    /// One fenced block.
    struct Block: Equatable {
        /// The first word after the fence: `sh`, `js`, `nginx`.
        var language: String
        /// The words behind it.
        var words: [String]
        /// The lines between the fences, each with its newline.
        var text: String
        /// The line of the opening fence, from 1.
        var line: Int

        /// The file the block is saved as.
        var file: String? {
            words.first { $0.hasPrefix("file=") }.map { String($0.dropFirst("file=".count)) }
        }

        /// True when the block is to be run.
        var isCommand: Bool { language == "sh" && words.isEmpty }
    }

    /// The path below the repository.
    let path: String
    let blocks: [Block]

    /// The folder that holds `docs/`.
    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Reads a page, such as `docs/tutorials/node.md`.
    init(_ path: String) throws {
        self.path = path
        blocks = try Self.blocks(of: String(contentsOfFile: "\(Self.repository)/\(path)", encoding: .utf8))
    }

    /// The fenced blocks of a text; a fence that is never closed fails the test.
    static func blocks(of text: String) throws -> [Block] {
        var blocks: [Block] = []
        var open: Block?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.hasPrefix("```") else {
                open?.text += line + "\n"
                continue
            }
            if let block = open {
                blocks.append(block)
                open = nil
            } else {
                let words = line.dropFirst(3).split(separator: " ").map(String.init)
                open = Block(language: words.first ?? "", words: Array(words.dropFirst()), text: "", line: index + 1)
            }
        }
        let unclosed = open.map { "the block of line \($0.line) is not closed" }
        try #require(unclosed == nil)
        return blocks
    }

    /// The page as one bash script: files are written and commands run where the page has them.
    ///
    /// Each substitution must occur, or the page has lost what the test replaces. Programs left in the background end
    /// with the script.
    func script(replacing substitutions: [String: String] = [:]) throws -> String {
        var script = "set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT\n"
        for block in blocks {
            if let file = block.file {
                script += "mkdir -p \"$(dirname '\(file)')\"\ncat >'\(file)' <<'END-OF-BLOCK'\n"
                script += block.text + "END-OF-BLOCK\n"
            } else if block.isCommand {
                script += ": '\(path), line \(block.line)'\n" + block.text
            }
        }
        // The longest first: one may be a part of another.
        for (old, new) in substitutions.sorted(by: { ($0.key.count, $0.key) > ($1.key.count, $1.key) }) {
            try #require(script.contains(old), "\(path) has no \(old)")
            script = script.replacing(old, with: new)
        }
        return script
    }
}
