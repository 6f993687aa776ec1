import Testing

@testable import mtlstop

@Suite("Places")
struct PlacesTests {
    @Test("A flag wins over the environment, and the environment over the default")
    func precedence() {
        let environment = Environment(["MTLSTOP_DB": "/env/audit.db", "MTLSTOP_SOCKET": "/env/in.sock"])
        let flagged = Places.settle(database: "/flag/a.db", environment: environment, userID: 1000)
        #expect(flagged.database == "/flag/a.db")
        #expect(flagged.socket == "/env/in.sock")
    }

    @Test("Root keeps its files in the system's folders")
    func root() {
        let places = Places.settle(environment: Environment(["HOME": "/root"]), userID: 0)
        #expect(places == Places(database: "/var/lib/mtlstop/audit.db", socket: "/run/mtlstop/ingest.sock"))
    }

    @Test("Anybody else gets the XDG folders, and the home folder where they are not set")
    func user() {
        let xdg = Environment(["XDG_STATE_HOME": "/s", "XDG_RUNTIME_DIR": "/r", "HOME": "/home/u"])
        #expect(Places.settle(environment: xdg, userID: 7).database == "/s/mtlstop/audit.db")
        #expect(Places.settle(environment: xdg, userID: 7).socket == "/r/mtlstop/ingest.sock")

        let bare = Environment(["HOME": "/home/u"])
        #expect(Places.settle(environment: bare, userID: 7).database == "/home/u/.local/state/mtlstop/audit.db")
        #expect(Places.settle(environment: bare, userID: 7).socket == "/tmp/mtlstop-7/ingest.sock")
    }

    @Test("An empty variable counts as absent")
    func emptyVariable() {
        let environment = Environment(["MTLSTOP_DB": "", "HOME": "/h"])
        #expect(Places.settle(environment: environment, userID: 7).database == "/h/.local/state/mtlstop/audit.db")
    }
}
