import AuditEvents

/// A command as ArgumentParser describes it: what `--help` shows, as data.
struct CommandDescription {
    /// One argument, option or flag.
    struct Argument {
        /// `--db`, `-h`; empty for a positional argument.
        var names: [String]
        /// What stands for the value; nil for a flag.
        var value: String?
        var isOptional: Bool
        var isRepeating: Bool
        var abstract: String
        var defaultValue: String?
    }

    /// The words that call it: `mtlstop certs show`.
    let words: [String]
    let abstract: String
    let discussion: String
    let arguments: [Argument]
    let subcommands: [CommandDescription]

    /// Reads ArgumentParser's description of a whole program.
    ///
    /// - Throws: ``Failure`` when it is not what the tool-info format of version 0 says.
    init(dump: String) throws {
        let value = try? JSONValue(parsing: Array(dump.utf8), depth: 256)
        guard let command = value?["command"], let description = CommandDescription(command, below: []) else {
            throw Failure(.failed, what: "manual", why: "the commands do not describe themselves as expected")
        }
        self = description
    }

    /// Nil for what is hidden or no command.
    private init?(_ value: JSONValue, below parents: [String]) {
        guard let name = value["commandName"]?.stringValue, Self.isShown(value) else { return nil }
        words = parents + [name]
        abstract = value["abstract"]?.stringValue ?? ""
        discussion = value["discussion"]?.stringValue ?? ""
        arguments = (value["arguments"]?.elements ?? []).compactMap(Argument.init)
        let words = words
        subcommands = (value["subcommands"]?.elements ?? [])
            .filter { $0["commandName"] != .string("help") }
            .compactMap { CommandDescription($0, below: words) }
    }

    fileprivate static func isShown(_ value: JSONValue) -> Bool { value["shouldDisplay"] != .bool(false) }

    /// Itself and all below it, in the order of the help.
    var all: [CommandDescription] { [self] + subcommands.flatMap(\.all) }

    /// The arguments but for `--help` and `--version`, which every command has.
    var ownArguments: [Argument] {
        arguments.filter { !$0.names.contains("--help") && !$0.names.contains("--version") }
    }
}

extension CommandDescription.Argument {
    fileprivate init?(_ value: JSONValue) {
        guard CommandDescription.isShown(value) else { return nil }
        names = (value["names"]?.elements ?? []).compactMap { name in
            name["name"]?.stringValue.map { (name["kind"] == .string("long") ? "--" : "-") + $0 }
        }
        let isFlag = value["kind"] == .string("flag")
        self.value = isFlag ? nil : value["valueName"]?.stringValue ?? "value"
        isOptional = value["isOptional"] == .bool(true)
        isRepeating = value["isRepeating"] == .bool(true)
        abstract = value["abstract"]?.stringValue ?? ""
        defaultValue = value["defaultValue"]?.stringValue
    }
}
