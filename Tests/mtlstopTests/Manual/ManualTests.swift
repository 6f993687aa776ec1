import Glibc
import Testing

@testable import mtlstop

@Suite("The manual page, the help and the completions")
struct ManualTests {
    private let program: CommandDescription

    init() throws {
        program = try ManualCommand.program()
    }

    private func run(_ arguments: [String], program: String = ChildProcess.program) throws -> String {
        let folder = try TestFolder()
        let child = try ChildProcess(arguments, in: folder, program: program)
        let status = try child.wait()
        try #require(status == 0, "\(arguments): \(child.output) \(child.errors)")
        return child.output
    }

    @Test("Every command has an abstract and an example in its help")
    func examples() throws {
        #expect(program.all.count > 12)
        for command in program.all {
            let help = try run(command.words.dropFirst() + ["--help"])
            #expect(help.contains(command.abstract.prefix(30)), "\(command.words)")
            let lines = help.split(separator: "\n").map { $0.drop { $0 == " " } }
            let heading = lines.firstIndex { $0.hasPrefix("EXAMPLE") }
            let examples = heading.map { lines.dropFirst($0 + 1).prefix(4) } ?? []
            #expect(examples.contains { $0.contains("mtlstop") }, "\(command.words) has no example")
            // A line that does not fit is broken at column 1, and then the example cannot be copied.
            let raw = help.split(separator: "\n", omittingEmptySubsequences: false)
            let block = raw.drop { !$0.hasPrefix("EXAMPLE") }.dropFirst().prefix { !$0.isEmpty }
            #expect(block.allSatisfy { $0.hasPrefix("  ") }, "\(command.words): \(block.filter { !$0.hasPrefix(" ") })")
            for argument in command.ownArguments {
                #expect(!argument.abstract.isEmpty, "\(command.words) \(argument.names) says nothing")
            }
        }
    }

    @Test("The manual page holds every command and every flag, and mandoc has no complaint")
    func manualPage() throws {
        let page = ManualPage.text(program)
        for command in program.all.dropFirst() {
            let words = command.words.joined(separator: " ")
            let section = try #require(page.firstRange(of: ".Ss \(words)\n"), "\(words) is missing")
            let rest = page[section.upperBound...]
            let text = rest[..<(rest.firstRange(of: "\n.S")?.lowerBound ?? rest.endIndex)]
            for argument in command.ownArguments {
                let name = argument.names.last.map { "Fl \($0.dropFirst())" } ?? "Ar \(argument.value ?? "")"
                #expect(text.contains(name), "\(words) lacks \(name)")
            }
        }
        let folder = try TestFolder()
        let file = try folder.write(Array(page.utf8), to: "mtlstop.1")
        let lint = try ChildProcess(["-Tlint", "-Wstyle", file], in: folder, program: "/usr/bin/mandoc")
        let status = try lint.wait()
        #expect(status == 0 && lint.output.isEmpty, "\(lint.output)")
        let text = try run(["-Tutf8", file], program: "/usr/bin/mandoc")
        // Bold is a character, a backspace and the character again.
        let plain = text.replacing(/.\u{8}/, with: "")
        #expect(plain.contains("mtlstop expiring") && plain.contains("EXIT STATUS"))
    }

    @Test("The hidden command prints that page")
    func command() throws {
        #expect(try run(["manual"]) == ManualPage.text(program))
    }

    @Test(
        "Completions know every command and flag, and the shell reads them",
        arguments: [("bash", "/bin/bash"), ("zsh", "/usr/bin/zsh"), ("fish", "/usr/bin/fish")]
    )
    func completions(shell: String, path: String) throws {
        let script = try run(["--generate-completion-script", shell])
        for command in program.all.dropFirst() {
            #expect(script.contains(command.words[command.words.count - 1]), "\(command.words)")
            for name in command.ownArguments.flatMap(\.names) {
                let bare = name.drop { $0 == "-" }
                #expect(script.contains(bare), "\(command.words) \(name)")
            }
        }
        let folder = try TestFolder()
        let file = try folder.write(Array(script.utf8), to: "completion")
        _ = try run(["-n", file], program: path)
    }

    @Test("In bash, a word of the line is completed")
    func completing() throws {
        let folder = try TestFolder()
        let script = try run(["--generate-completion-script", "bash"])
        let function = try #require(script.matches(of: /complete -o filenames -F (\w+) mtlstop/).first?.output.1)
        let test = """
            COMP_WORDS=(mtlstop expiring --for); COMP_CWORD=2; COMP_LINE='mtlstop expiring --for'; COMP_POINT=${#COMP_LINE}
            compopt() { :; }
            \(function) mtlstop --for expiring
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let file = try folder.write(Array((script + "\n" + test).utf8), to: "completion")
        #expect(try run([file], program: "/bin/bash").contains("--forecast"))
    }
}
