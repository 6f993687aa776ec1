import SafeText

/// Prints what a check of a manifest found, for `mtlstop verify`.
enum ManifestVerification {
    /// Checks and prints; the exit code is 0 when everything is right, else 2.
    static func run(_ path: String, keyFile: String?) throws -> ExitStatus {
        let outcome = try ManifestVerifier(path: path).verify(keyFile: keyFile)
        var output = StandardOutput()
        for line in outcome.passed { try output.line("ok      " + line) }
        for line in outcome.failed { try output.line("WRONG   " + line) }
        try output.line(outcome.failed.isEmpty ? "\(path): intact" : "\(path): not as it was made")
        try output.flush()
        return outcome.failed.isEmpty ? .done : .checkSaysNo
    }
}
