extension AuditReader {
    /// Carries out one SELECT that somebody typed, on a connection of its own that can do nothing else.
    ///
    /// ``interrupt()`` stops it. The tables are the program's own and may change with a release.
    package func sql(_ text: String, limits: SQLLimits = SQLLimits()) throws(SQLError) -> SQLResult {
        let start = ContinuousClock.now
        let watch = SQLWatch(milliseconds: limits.milliseconds, isStopped: interruptionCheck())
        let found = try SQLConnection(path: path, watch: watch).run(text, limits: limits)
        let taken = (ContinuousClock.now - start).components
        return SQLResult(
            columns: found.columns,
            rows: found.rows,
            isCut: found.isCut,
            milliseconds: taken.seconds * 1000 + taken.attoseconds / 1_000_000_000_000_000
        )
    }
}
