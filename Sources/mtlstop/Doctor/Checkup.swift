/// Everything the doctor looks at, in the order of the report.
struct Checkup {
    let places: Places
    let clock: Clock
    let terminal: TerminalCheck

    func findings() -> [Finding] {
        let system = SystemCheck(usesDatagrams: places.syslogSocket != nil, clock: clock)
        return DatabaseCheck(path: places.database).findings()
            + [LockCheck(databasePath: places.database).finding()]
            + SocketCheck(path: places.socket).findings()
            + system.findings()
            + terminal.findings()
    }
}
