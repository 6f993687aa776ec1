import AuditEvents
import AuditStore
import Glibc
import Testing

@testable import mtlstop

/// Disks that are full, read-only or broken: the collector waits, tells, and goes on; nothing acknowledged is lost.
@Suite("Faults of the disk")
struct DiskFaultTests {
    @Test(
        "On a full disk nothing acknowledged is lost; with room it goes on, on the same connection, without a resend",
        .enabled(if: SmallDisk.isPossible, "needs the right to mount")
    )
    func fullDisk() throws {
        let folder = try TestFolder()
        let disk = try SmallDisk(size: "8m", in: folder)
        try disk.run("head -c 3000000 /dev/zero > \(disk.mount)/others")
        let collector = try CollectorProcess(in: folder, database: disk.mount + "/audit.db", through: disk)
        try wait { access(disk.path("audit.db-ballast"), F_OK) == 0 }
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        // Every path is new: about 200 bytes an event, more than the disk holds.
        let total: UInt64 = 40_000
        let padding = String(repeating: "x", count: 100)
        let sender = Sender(connection, (1...total).map { Lines.event($0, path: "/\($0)/\(padding)") }.joined())
        var acknowledged: UInt64 = 0
        while true {
            let answer = try connection.answer()
            if answer["notice"]?.stringValue == "disk_full" { break }
            acknowledged = max(acknowledged, answer.count("ack") ?? 0)
        }
        #expect(acknowledged > 0 && acknowledged < total)
        // The ballast is given back; a copy made meanwhile holds what was acknowledged.
        try wait { access(disk.path("audit.db-ballast"), F_OK) != 0 }
        try disk.run("mkdir \(folder["copy"]) && cp \(disk.mount)/audit.db* \(folder["copy"])")
        #expect(try AuditReader(path: folder["copy/audit.db"]).status().events >= Int64(acknowledged))
        try disk.run("rm \(disk.mount)/others && mount -o remount,size=64m \(disk.mount)")
        let others = try connection.waitForAck(total)
        sender.wait()
        #expect(others.contains { $0["notice"]?.stringValue == "resumed" })
        try wait { access(disk.path("audit.db-ballast"), F_OK) == 0 }
        #expect(try collector.terminate() == 0)
        #expect(access(disk.path("audit.db-ballast"), F_OK) != 0)
        try disk.run("cp \(disk.mount)/audit.db* \(folder.path)")
        let reader = try AuditReader(path: folder.database)
        let page = try reader.events(EventQuery(order: .oldestFirst, limit: Int(total) + 10))
        #expect(page.rows.map { $0.path ?? "" } == (1...total).map { "/\($0)/\(padding)" })
        #expect(try reader.status().lostEvents == 0)
    }

    @Test(
        "A collector is refused with 77 when its file system is read-only",
        .enabled(if: SmallDisk.isPossible, "needs the right to mount")
    )
    func readOnlyAtStart() throws {
        let folder = try TestFolder()
        let disk = try SmallDisk(size: "8m", in: folder)
        let first = try CollectorProcess(in: folder, database: disk.mount + "/audit.db", through: disk)
        #expect(try first.terminate() == 0)
        try disk.run("mount -o remount,ro \(disk.mount)")
        let second = try ChildProcess(
            disk.command([
                ChildProcess.program, "collect", "--db", disk.mount + "/audit.db", "--socket", folder.socket,
            ]),
            in: folder,
            label: "second",
            program: "/usr/bin/nsenter"
        )
        #expect(try second.wait() == 77, "\(second.errors)")
        #expect(second.errors.contains("audit.db"))
    }

    @Test(
        "When files cannot be written the collector waits, says why, and goes on where it stopped",
        arguments: [("pwrite", EIO, "busy"), ("pwrite", EROFS, "read_only"), ("pwrite", ENOSPC, "disk_full")]
    )
    func cannotWrite(_ call: String, _ number: Int32, _ notice: String) throws {
        let folder = try TestFolder()
        let shim = try FaultShim(in: folder)
        let collector = try CollectorProcess(in: folder, environment: shim.environment)
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        connection.send((1...100).map { Lines.event($0, path: "/\($0)") }.joined())
        try connection.waitForAck(100)
        try shim.fail(call, number)
        connection.send((101...5000).map { Lines.event($0, path: "/\($0)") }.joined())
        #expect(try connection.answer()["notice"]?.stringValue == notice)
        let late = try collector.connect()
        #expect(try late.answer()["notice"]?.stringValue == notice, "who comes later is told too")
        #expect(collector.child.ended() == nil)
        shim.mend(call)
        let others = try connection.waitForAck(5000)
        #expect(others.contains { $0["notice"]?.stringValue == "resumed" })
        try collector.kill()
        try expectPaths(5000, in: folder.database)
    }

    @Test("An fsync that fails once delays the ack; what was acknowledged survives kill -9")
    func fsyncFails() throws {
        let folder = try TestFolder()
        let shim = try FaultShim(in: folder)
        let collector = try CollectorProcess(in: folder, environment: shim.environment)
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1, path: "/1"))
        try connection.waitForAck(1)
        try shim.fail("fsync", EIO, once: true)
        connection.send((2...3000).map { Lines.event($0, path: "/\($0)") }.joined())
        let others = try connection.waitForAck(3000)
        #expect(shim.hasHappened("fsync"))
        #expect(others.compactMap { $0["notice"]?.stringValue } == ["busy", "resumed"])
        try collector.kill()
        try expectPaths(3000, in: folder.database)
    }

    private func expectPaths(_ last: Int, in database: String) throws {
        let reader = try AuditReader(path: database)
        let page = try reader.events(EventQuery(order: .oldestFirst, limit: last + 10))
        #expect(page.rows.map { $0.path ?? "" } == (1...last).map { "/\($0)" })
        #expect(try reader.status().lostEvents == 0)
    }
}
