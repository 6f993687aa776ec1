import AuditStore
import Glibc

/// Prints what is stored and then what comes, oldest first, until it is stopped.
struct EventFollower {
    /// How often the database is asked whether another process has written: the price is one small read.
    static let interval: Int32 = 200

    let reader: AuditReader
    let query: EventQuery

    /// Runs until the reader of the output goes away or a signal comes.
    func run(_ printer: inout EventPrinter) throws {
        var version = try reader.dataVersion()
        var last = try printStored(&printer)
        try printer.flush()
        while true {
            if Self.readerIsGone(within: Self.interval) { return }
            let newVersion = try reader.dataVersion()
            guard newVersion != version else { continue }
            version = newVersion
            last = try printNew(after: last, &printer)
            try printer.flush()
        }
    }

    /// The newest rows that match, at most the limit, in the order they were stored; returns the last id looked at.
    private func printStored(_ printer: inout EventPrinter) throws -> Int64 {
        let last = try reader.lastEventID() ?? 0
        guard query.limit > 0 else { return last }
        var recent = query
        recent.order = query.limit == .max ? .oldestFirst : .newestFirst
        recent.before = last + 1
        if query.limit == .max {
            try reader.eachPage(recent) { page, _ in
                try printer.print(page.rows)
                return true
            }
        } else {
            try printer.print(reader.events(recent).rows.reversed())
        }
        return last
    }

    private func printNew(after id: Int64, _ printer: inout EventPrinter) throws -> Int64 {
        guard let last = try reader.lastEventID(), last > id else { return id }
        var news = query
        news.order = .oldestFirst
        news.after = id
        news.before = last + 1
        news.limit = .max
        try reader.eachPage(news) { page, _ in
            try printer.print(page.rows)
            return true
        }
        return last
    }

    /// Waits, and hears at once when the reader of a pipe closes it.
    private static func readerIsGone(within milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        let ready = poll(&descriptor, 1, milliseconds)
        return ready > 0 && descriptor.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
    }
}
