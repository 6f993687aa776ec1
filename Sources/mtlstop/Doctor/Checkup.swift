/// Everything the doctor looks at, in the order of the report.
struct Checkup {
    let places: Places
    let clock: Clock
    let terminal: TerminalCheck

    func findings() -> [Finding] {
        let system = SystemCheck(usesDatagrams: places.syslogSocket != nil, clock: clock)
        let database = DatabaseCheck(path: places.database).findings()
        // A file that is not ours is not opened.
        let isReadable = !database.contains { $0.level == .problem }
        let content = isReadable ? ContentCheck(databasePath: places.database, clock: clock).findings() : []
        return database + content
            + [LockCheck(databasePath: places.database).finding()]
            + SocketCheck(path: places.socket).findings()
            + system.findings()
            + terminal.findings()
    }
}
