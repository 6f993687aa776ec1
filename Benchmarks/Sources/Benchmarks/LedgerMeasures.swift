import AuditSamples

/// What the evidence costs: the hashes of each event, and reading all of it again.
struct LedgerMeasures {
    let program: String
    let events: Int
    let folder: ScratchFolder

    /// Measures on the database that the collector left; `processor` is what the collector took for an event.
    func run(processor: Double, _ table: inout ResultTable) throws {
        let count = 1_000_000
        let each = LedgerCost.hashing(events: count).seconds * 1e6 / Double(count)
        table.add(
            "ledger: the two hashes of an event, alone on a core",
            "\(rounded(each, 2)) us, \(rounded(100 * each / processor, 0)) % of the processor time an event"
        )
        let begin = ContinuousClock.now
        let command = [program, "verify", folder["audit.db"]]
        let status = try Program(command, output: folder["verify.txt"], folder: folder).wait()
        let elapsed = ContinuousClock.now - begin
        guard status == 0 else { return table.add("verify", "ended with \(status)") }
        table.addRate("mtlstop verify, the whole process, \(events) events", events, elapsed)
    }
}
