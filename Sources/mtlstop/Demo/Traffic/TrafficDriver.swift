import Glibc

/// Makes the clients call, at a steady rate, on a thread of its own.
final class TrafficDriver: Sendable {
    private let worker: Worker
    private let stopSignal: StopSignal

    /// The opening, in which everybody calls once, is over after about three seconds even at a low rate.
    private static let openingInterval = 0.1

    /// Starts calling.
    ///
    /// - Parameters:
    ///   - rate: Calls a second, more than 0.
    ///   - seconds: How long to call; nil until ``stop()``.
    ///   - answered: Called on the driver's thread after each call.
    init(
        plan: TrafficPlan,
        rate: Double,
        seconds: Double? = nil,
        context: TLSContext,
        port: UInt16,
        answered: @escaping @Sendable (DemoClient, Result<CallResult, any Error>) -> Void
    ) throws {
        let stopSignal = try StopSignal()
        self.stopSignal = stopSignal
        worker = try Worker {
            let caller = DemoCaller(context: context, port: port)
            var plan = plan
            var due = Self.uptime()
            let end = seconds.map { due + $0 } ?? .infinity
            while due < end, !stopSignal.wait(milliseconds: Int((due - Self.uptime()) * 1000)) {
                due += plan.isOpening ? min(1 / rate, Self.openingInterval) : 1 / rate
                guard let (client, call) = plan.next() else { return }
                answered(client, Result { try caller.call(client, call) })
                // After a stall the missed calls are not made up for in a burst.
                due = max(due, Self.uptime() - 1)
            }
        }
    }

    /// Ends the traffic and returns when the last call is answered; must be called once.
    func stop() {
        stopSignal.raise()
        worker.join()
    }

    /// Seconds of a clock that never jumps.
    private static func uptime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
