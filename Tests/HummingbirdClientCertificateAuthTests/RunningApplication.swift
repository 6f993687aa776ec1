import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Testing

/// Runs an application on a port of loopback for as long as `body` takes.
func withApplication<Context: RequestContext & InitializableFromSource<ApplicationRequestContextSource>>(
    _ router: Router<Context>,
    server: HTTPServerBuilder = .http1(),
    address: BindAddress = .hostname("127.0.0.1", port: 0),
    logger: Logger? = nil,
    _ body: @escaping @Sendable (Int) async throws -> Void
) async throws {
    var quiet = Logger(label: "test")
    quiet.logLevel = .critical
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let application = Application(
        router: router,
        server: server,
        configuration: ApplicationConfiguration(address: address),
        onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) },
        logger: logger ?? quiet
    )
    try await running(application) {
        var iterator = ports.makeAsyncIterator()
        try await body(try #require(await iterator.next()))
    }
}

/// Runs an application beside `body`, and stops it afterwards.
func running(_ application: some ApplicationProtocol, _ body: @escaping @Sendable () async throws -> Void) async throws
{
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await application.run() }
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body())
        } catch {
            outcome = .failure(error)
        }
        group.cancelAll()
        try? await group.waitForAll()
        try outcome.get()
    }
}
