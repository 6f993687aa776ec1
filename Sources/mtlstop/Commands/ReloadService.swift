import Logging
import SafeText
import ServiceLifecycle
import UnixSignals

/// Reads the settings again on SIGHUP; a file that cannot be understood changes nothing.
struct ReloadService: Service {
    let control: IntakeControl
    let logger: Logger
    let load: @Sendable () throws -> IntakeSettings

    /// Waits for signals until the shutdown.
    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                control.replace(try load())
                logger.notice("settings are read again")
            } catch let failure as Failure {
                logger.error("settings stay as they were", metadata: ["error": "\(failure.line)"])
            }
        }
    }
}
