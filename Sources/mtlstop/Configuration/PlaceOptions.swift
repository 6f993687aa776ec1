import ArgumentParser

/// The options that every command which touches the database or the socket shares.
struct PlaceOptions: ParsableArguments {
    @Option(name: .customLong("db"), help: ArgumentHelp("The audit database.", valueName: "path"))
    var database: String?

    @Option(help: ArgumentHelp("The intake socket.", valueName: "path"))
    var socket: String?

    /// The settled paths: flag, then environment, then default.
    var places: Places {
        Places.settle(database: database, socket: socket)
    }
}
