/// The manual page mtlstop(1) in mdoc(7), made from what the commands say of themselves.
struct ManualPage {
    private var roff = RoffText()

    /// The page's text.
    static func text(_ program: CommandDescription) -> String {
        var page = ManualPage()
        page.writeHead(program)
        page.writeCommands(program)
        page.writeSurroundings()
        page.writeEnd(program)
        return page.roff.text
    }

    private mutating func writeHead(_ program: CommandDescription) {
        roff.macro("Dd", ProductVersion.date)
        roff.macro("Dt", "MTLSTOP 1")
        roff.macro("Os")
        roff.macro("Sh", "NAME")
        roff.macro("Nm", "mtlstop")
        roff.macro("Nd", "watch mutual-TLS authentications and keep the evidence")
        roff.macro("Sh", "SYNOPSIS")
        roff.macro("Nm", "mtlstop")
        roff.macro("Op", "Ar command")
        roff.macro("Op", "Ar options")
        roff.macro("Sh", "DESCRIPTION")
        roff.macro("Nm")
        roff.line("collects what servers and proxies say about client certificates, shows who was refused and why,")
        roff.line("and exports what happened as evidence.")
        roff.line(program.abstract)
        roff.line("Without a command it shows the dashboard.")
        roff.paragraph()
        roff.line("Every command has")
        roff.macro("Fl", "-help ,")
        roff.line("and")
        roff.macro("Fl", "-version")
        roff.line("shows the version.")
    }

    private mutating func writeCommands(_ program: CommandDescription) {
        roff.macro("Sh", "COMMANDS")
        for command in program.all.dropFirst() {
            roff.macro("Ss", command.words.joined(separator: " "))
            writeUsage(command)
            roff.line(command.abstract)
            writeDiscussion(command.discussion)
            writeArguments(command.ownArguments)
        }
    }

    private mutating func writeUsage(_ command: CommandDescription) {
        let options = command.ownArguments.contains { !$0.names.isEmpty } ? ["[options]"] : []
        let operands = command.ownArguments.filter { $0.names.isEmpty }.map { argument in
            let word = (argument.value ?? "value") + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(word)]" : word
        }
        roff.literal([(command.words + options + operands).joined(separator: " ")])
    }

    /// Paragraphs; examples and what else is indented stays as it is.
    private mutating func writeDiscussion(_ text: String) {
        for part in text.split(separator: "\n\n", omittingEmptySubsequences: true) {
            let lines = part.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let isLiteral = lines.contains { $0.hasPrefix("  ") } && lines.first?.hasPrefix("EXAMPLE") != true
            if !isLiteral { roff.paragraph() }
            if lines.first?.hasPrefix("EXAMPLE") == true {
                roff.line(lines.count > 2 ? "Examples:" : "Example:")
                roff.literal(lines.dropFirst().map { String($0.drop { $0 == " " }) })
            } else if isLiteral {
                roff.literal(lines)
            } else {
                for line in lines { roff.line(line) }
            }
        }
    }

    private mutating func writeArguments(_ arguments: [CommandDescription.Argument]) {
        if arguments.isEmpty { return }
        roff.macro("Bl", "-tag -width Ds")
        for argument in arguments {
            let names = argument.names.map { "Fl \(RoffText.argument(String($0.dropFirst())))" }
            let value = argument.value.map { " Ar \(RoffText.argument($0))" } ?? ""
            roff.macro("It", names.isEmpty ? String(value.dropFirst()) : names.joined(separator: " , ") + value)
            let known = argument.defaultValue.map { " The default is \($0)." } ?? ""
            let again = argument.isRepeating && !argument.abstract.contains("repeatable") ? " Repeatable." : ""
            let text = argument.abstract + known + again
            roff.line(text.isEmpty ? "See above." : text)
        }
        roff.macro("El")
    }

    private mutating func writeSurroundings() {
        roff.macro("Sh", "ENVIRONMENT")
        roff.line("A flag wins over its variable, and that over the default.")
        write(ManualTables.environment, macro: "Ev")
        roff.macro("Sh", "FILES")
        write(ManualTables.files, macro: "Pa")
        roff.macro("Sh", "EXIT STATUS")
        write(ManualTables.statuses, macro: "It")
    }

    private mutating func write(_ rows: [(name: String, text: String)], macro: String) {
        roff.macro("Bl", "-tag -width Ds")
        for row in rows {
            roff.macro("It", (macro == "It" ? "" : macro + " ") + RoffText.argument(row.name))
            roff.line(row.text)
        }
        roff.macro("El")
    }

    private mutating func writeEnd(_ program: CommandDescription) {
        roff.macro("Sh", "EXAMPLES")
        for part in program.discussion.split(separator: "\n\n") where part.hasPrefix("EXAMPLE") {
            roff.literal(part.split(separator: "\n").dropFirst().map { String($0.drop { $0 == " " }) })
        }
        roff.macro("Sh", "DIAGNOSTICS")
        roff.line("Errors are one line on standard error: what failed, why, and what to do.")
        roff.line("The doctor command looks for what is wrong on a machine.")
        roff.macro("Sh", "SEE ALSO")
        roff.macro("Xr", "openssl-x509 1 ,")
        roff.macro("Xr", "systemd.socket 5")
    }
}
