import AuditEvents
import Testing

/// A script of `scripts/readers`, which reads one of our files with somebody else's parser.
enum PythonReader {
    /// Runs the script on a file and gives what it printed; its complaint fails the test.
    static func read(_ script: String, _ file: String, in folder: TestFolder) throws -> JSONValue {
        let path = "\(TutorialPage.repository)/scripts/readers/read_\(script).py"
        let child = try ChildProcess(["-B", path, file], in: folder, label: script, program: "/usr/bin/python3")
        let status = try child.wait()
        try #require(status == 0, "\(child.errors)")
        return try JSONValue(parsing: child.output)
    }
}

extension JSONValue {
    /// The digits of a number as they stand; nil for anything else.
    var digits: String? {
        if case .number(let text) = self { return text }
        return nil
    }
}
