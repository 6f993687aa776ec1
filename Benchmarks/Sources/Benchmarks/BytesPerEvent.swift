/// What an event takes on the disk, from SQLite's own page statistics.
struct BytesPerEvent {
    /// The events with method, path, TLS and session, the index of rejections, the postings, segments and roll-ups.
    let events: String
    /// Certificates, names, and what is counted for each certificate.
    let others: String

    /// Asks the `sqlite3` program about a database of the folder.
    init(database: String, folder: ScratchFolder) throws {
        let kept =
            "'event','event_rejected','cert_segment','segment','roll','context','context_tuple','verdict','verdict_tuple'"
        let sql = """
            SELECT round(1.0 * sum(CASE WHEN name IN (\(kept)) THEN pgsize END) / n, 1),
            round(1.0 * sum(CASE WHEN name NOT IN (\(kept)) THEN pgsize END) / n, 1)
            FROM dbstat, (SELECT count(*) AS n FROM event)
            """
        let command = ["sqlite3", "-readonly", folder[database], sql]
        let status = try Program(command, output: folder["bytes.txt"], folder: folder).wait()
        let fields = folder.text(of: "bytes.txt").split(whereSeparator: { $0 == "|" || $0 == "\n" })
        guard status == 0, fields.count == 2 else { throw BenchmarkError("sqlite3 has no page statistics") }
        events = String(fields[0])
        others = String(fields[1])
    }
}
