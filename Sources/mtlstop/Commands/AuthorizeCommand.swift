import ArgumentParser
import AuditEvents
import CertCore
import Glibc
import SafeText

/// `mtlstop authorize`: requests in, decisions out.
struct AuthorizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorize",
        abstract: "Decide about requests by a policy file, one JSON object a line.",
        discussion: """
            Reads requests on standard input as `mtlstop extract` does, and prints one decision for each, in their \
            order: authenticated, the HTTP status and message, reason, detail and the certificate. A line that is no \
            JSON object gives {"error":…} and exit code 65 at the end.

            The policy is JSON, one object a rule with the helper's name: allowCN allowOU allowOrganization \
            allowFingerprints allowIssuer allowSubject allowSerial allowSAN allowEmail allowSPIFFE allowCA allOf anyOf. \
            Policy, CAs and revocation lists are read again when they change; while they cannot be used the former \
            ones stay in force, which is told on standard error.

            EXAMPLE:
              echo '{"allOf":[{"allowCA":["ca.pem"]},{"allowOU":["Engineering"]}]}' \\
                > policy.json
              mtlstop authorize --policy policy.json < requests.ndjson
            """
    )

    @Option(help: ArgumentHelp("The policy file; paths in it are relative to its folder.", valueName: "file"))
    var policy: String

    @Option(
        help: ArgumentHelp(
            "A file with revocation lists (PEM or DER) that no certificate may be on (repeatable).",
            valueName: "file"
        )
    )
    var crl: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file with the CAs that sign the lists of --crl, or stand above those that do (repeatable).",
            valueName: "file"
        )
    )
    var crlCa: [String] = []

    @Flag(help: "Print only {\"requests\":N,\"succeeded\":M} at the end.")
    var quiet = false

    func validate() throws {
        if crl.isEmpty, !crlCa.isEmpty { throw ValidationError("--crl-ca needs --crl") }
    }

    func run() async throws {
        var input = LineReader(limit: RequestLine.longest)
        var output = StandardOutput()
        var run = try makeRun(clock: try Clock(environment: .current()))
        var writer = JSONWriter(capacity: 8192)
        while let line = try input.next() {
            try tell(run.refresh(named: policy))
            await run.answer(line, to: &writer)
            if !quiet { try output.write(writer.bytes) }
            writer.removeAll(keepingCapacity: true)
            // Whoever waits for an answer before the next request must get it.
            if !quiet, !input.hasLine { try output.flush() }
        }
        if quiet {
            run.writeSummary(to: &writer)
            try output.write(writer.bytes)
        }
        try output.flush()
        if run.hasBadLines { throw ExitCode(ExitStatus.badInputData.rawValue) }
    }

    private func makeRun(clock: Clock) throws -> AuthorizationRun {
        do {
            let policy = try Reloading(policyFile: policy) { clock.now }
            try tell(policy.current.warnings.map { "mtlstop: \(self.policy): warning: \($0)" })
            let run = AuthorizationRun(clock: clock, policy: policy, revocations: try revocationLists())
            try tell(run.revocationWarnings)
            return run
        } catch let problem as PolicyProblem {
            throw Failure(problem)
        } catch let problem as FileProblem {
            throw Failure(
                problem,
                remedy: "--crl takes revocation lists, --crl-ca the CAs that sign them, in PEM or DER"
            )
        }
    }

    private func revocationLists() throws -> Reloading<RevocationChecker>? {
        guard !crl.isEmpty else { return nil }
        let (paths, authorities) = (crl, crlCa)
        return try Reloading { files in
            var issuers: [ClientCertificate] = []
            for path in authorities { issuers += try ClientCertificate.bundle(file: path, reading: &files) }
            return try RevocationChecker(files: paths, issuers: issuers, reading: &files)
        }
    }

    private func tell(_ lines: [SafeText]) throws {
        guard !lines.isEmpty else { return }
        var errors = StandardOutput(descriptor: STDERR_FILENO, name: "standard error")
        for line in lines { try errors.line(line) }
        try errors.flush()
    }
}
