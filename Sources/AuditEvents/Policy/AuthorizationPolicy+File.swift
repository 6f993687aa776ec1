public import CertCore
import SafeText

extension AuthorizationPolicy {
    /// The largest policy file, in bytes.
    public static let maximumFileSize = 1 << 20

    /// Reads a policy file (JSON, one object a rule with the helper's name) and the files it names.
    ///
    /// - Parameters:
    ///   - path: The policy; paths in it are relative to its folder.
    ///   - files: Reads the files.
    ///   - clock: What time it is for `allowCA`.
    public init(
        file path: String,
        reading files: inout SourceFiles,
        clock: @escaping @Sendable () -> Timestamp = { .now() }
    ) throws(PolicyProblem) {
        do throws(PolicyProblem) {
            let rule = try AuthorizationRule(json: try Self.json(path, &files))
            try self.init(rule, relativeTo: Self.folder(of: path), reading: &files, clock: clock)
        } catch {
            throw error.inFile(path)
        }
    }

    private static func json(_ path: String, _ files: inout SourceFiles) throws(PolicyProblem) -> JSONValue {
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try files.read(path, limit: maximumFileSize)
        } catch {
            let kind: PolicyProblem.Kind =
                switch error.kind {
                case .missing: .missingFile
                case .unreadable: .unreadableFile
                case .tooLarge, .malformed: .invalid
                }
            throw PolicyProblem(kind, path: path, error.message)
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw PolicyProblem(.invalid, path: path, "the file is no UTF-8 text")
        }
        if bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            throw PolicyProblem(.invalid, path: path, "the file is empty")
        }
        do throws(LineError) {
            return try JSONValue(parsing: bytes)
        } catch {
            let (line, column) = position(of: error.column, in: bytes)
            throw PolicyProblem(.invalid, path: path, "line \(line), column \(column): \(error.message)")
        }
    }

    /// The line and the column in it of a byte, both counted from 1.
    private static func position(of byte: Int?, in text: [UInt8]) -> (line: Int, column: Int) {
        let before = text.prefix(max(0, (byte ?? 1) - 1))
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return (before.count { $0 == 0x0A } + 1, before.count - start + 1)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension Reloading where Value == AuthorizationPolicy {
    /// A policy file that is read again when it, or a file that it names, changes.
    public convenience init(
        policyFile path: String,
        clock: @escaping @Sendable () -> Timestamp = { .now() }
    ) throws(PolicyProblem) {
        do {
            try self.init { files in try AuthorizationPolicy(file: path, reading: &files, clock: clock) }
        } catch let problem as PolicyProblem {
            throw problem
        } catch {
            throw PolicyProblem(.invalid, path: path, SafeText(String(describing: error)))
        }
    }
}
