/// Everything the doctor looks at, in the order of the report.
struct Checkup {
    let places: Places
    let clock: Clock
    let terminal: TerminalCheck
    /// The folder of the collector's settings.
    var configurationFolder = ConfigurationFolder.settle()

    func findings() -> [Finding] {
        let system = SystemCheck(usesDatagrams: places.syslogSocket != nil, clock: clock)
        let database = DatabaseCheck(path: places.database).findings()
        // A file that is not ours is not opened.
        let isReadable = !database.contains { $0.level == .problem }
        let content = isReadable ? ContentCheck(databasePath: places.database, clock: clock).findings() : []
        let soundness = isReadable ? SoundnessCheck(databasePath: places.database).finding() : nil
        return database + content
            + [soundness].compactMap { $0 }
            + [LockCheck(databasePath: places.database).finding()]
            + SocketCheck(path: places.socket).findings()
            + (places.syslogSocket.map { SocketCheck(path: $0, door: .syslog).findings() } ?? [])
            + [ConfigurationCheck(folder: configurationFolder).finding(), ServiceCheck().finding()]
            + system.findings()
            + terminal.findings()
    }
}
