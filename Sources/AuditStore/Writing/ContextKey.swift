/// What many events of a connection share; 0 stands for an absent name, -1 for an unknown truth.
struct ContextKey: Hashable {
    var session: Int64 = 0
    var service: Int64 = 0
    var source: Int64 = 0
    var method: Int64 = 0
    var host: Int64 = 0
    var userAgent: Int64 = 0
    var tlsProtocol: Int64 = 0
    var cipher: Int64 = 0
    var serverName: Int64 = 0
    var authorized: Int8 = -1
    var resumed: Int8 = -1

    /// The tuple in the order of the table's columns.
    var columns: [Int64] {
        [
            session, service, source, method, host, userAgent, tlsProtocol, cipher, serverName,
            Int64(authorized), Int64(resumed),
        ]
    }
}

/// What a reporter and its certificate's validity say about an event; 0 stands for absent, -1 for unknown.
struct VerdictKey: Hashable {
    var outcome: Int64
    var reason: Int64 = 0
    var rejectionClass: Int64 = 0
    var code: Int64 = -1
    var authorizationError: Int64 = 0
    var verified: Int64 = -1

    /// The tuple in the order of the table's columns.
    var columns: [Int64] { [outcome, reason, rejectionClass, code, authorizationError, verified] }
}
