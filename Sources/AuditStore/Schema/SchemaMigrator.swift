import GRDB

/// Brings a database to the current schema in one transaction.
enum SchemaMigrator {
    /// Runs the migrations the database has not seen; `now` in Unix milliseconds becomes its time of creation.
    static func migrate(_ db: Database, path: String, now: Int64) throws {
        let current: Int64 =
            switch try SchemaCheck.state(db, path: path) {
            case .empty: 0
            case .version(let version): version
            }
        let missing = Migration.all.filter { $0.version > current }
        guard let newest = missing.last else { return }
        try db.inTransaction(.immediate) {
            for migration in missing { try db.execute(sql: migration.sql) }
            if current == 0 {
                try db.execute(sql: "INSERT INTO meta(key, value) VALUES ('created', ?)", arguments: [now])
                try db.execute(sql: "PRAGMA application_id = \(DatabaseIdentity.applicationID)")
            }
            try db.execute(sql: "PRAGMA user_version = \(newest.version)")
            return .commit
        }
    }
}
