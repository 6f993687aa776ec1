import AuditStore
import CLinux

/// What keeps the memory of the command `report` small; the dashboard's export keeps what its screens need.
enum ReportMemory {
    /// Limits the reader's page cache to 2 MiB and gives back what only starting the program needed: twenty megabytes of
    /// code.
    static func lower(for reader: AuditReader) throws {
        try reader.limitCache(kibibytes: 2048)
        CLinux_give_back_memory()
    }
}
