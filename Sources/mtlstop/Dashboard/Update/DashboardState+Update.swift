import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal

/// The one function that changes the state: it returns at once, reads no clock, and only names what is to be done.
extension DashboardState {
    /// Takes in one message and says what has to happen because of it.
    mutating func update(_ message: Message) -> [Effect] {
        var effects = take(message)
        settleCursors()
        effects += askWhatIsNeeded()
        return effects
    }

    private mutating func take(_ message: Message) -> [Effect] {
        switch message {
        case .key(let key): return press(key)
        case .paste(let text): paste(text)
        case .mouse(let mouse): return obey(mouse)
        case .resize(let size): self.size = size
        case .clock(let reading): advance(to: reading)
        case .answer(let answer, let id, let slot): return accept(answer, id: id, slot: slot)
        case .failed(let reason, let id, let slot):
            if book.fail(id: id, slot: slot) { problem = reason }
        case .dataChanged: epoch += 1
        case .health(let health): accept(health)
        case .export(let news, let id): accept(news, id: id)
        case .notes(let news): accept(news)
        }
        return []
    }

    /// Moves the clocks; a new minute makes sums over "the last hour" stale.
    private mutating func advance(to reading: ClockReading) {
        let isNewMinute = reading.now.milliseconds / 60_000 != clock.now.milliseconds / 60_000
        clock = reading
        if isNewMinute { epoch += 1 }
        if let flash, flash.ends <= reading.uptime { self.flash = nil }
    }

    private mutating func accept(_ answer: Answer, id: Int, slot: Slot) -> [Effect] {
        let before = liveIDs.first
        let order = book.answers[slot].map(\.question.order)
        guard book.accept(answer, id: id, slot: slot) else { return [] }
        if let order, order != book.answers[slot]?.question.order { goToFirst(of: slot) }
        problem = nil
        if case .sql(let outcome) = answer { accept(outcome) }
        if case .found(let found) = answer { accept(found) }
        guard case .live(let window) = answer else { return [] }
        acceptLive(window)
        let isNew = window.rows.contains { $0.outcome == .rejected && $0.id > before ?? .max }
        return options.ringsBell && live.isMoving && isNew ? [.ring] : []
    }

    private mutating func accept(_ health: Health) {
        if case .outside = self.health.collector, case .down = health.collector {
            say("the collector has gone: nothing is being recorded", role: .critical)
            showsCollectorBox = true
        }
        if case .outside = health.collector { showsCollectorBox = false }
        if self.health.database != health.database, health.database == .open { epoch += 1 }
        self.health = health
    }

    /// Shows a message in the position line for a few seconds.
    mutating func say(_ text: SafeText, role: Role = .text) {
        flash = Flash(text: text, role: role, ends: clock.uptime + Flash.duration)
    }

    /// Sends the questions whose answers are missing or old.
    private mutating func askWhatIsNeeded() -> [Effect] {
        guard health.database == .open else { return [] }
        return wanted.compactMap { question in
            guard isDue(question) else { return nil }
            return .ask(question, id: book.ask(question, epoch: epoch, at: clock.uptime))
        }
    }

    private func isDue(_ question: Question) -> Bool {
        guard let asked = book.asked[question.slot], asked.question == question else { return true }
        guard asked.isAnswered, asked.epoch != epoch, follows(question) else { return false }
        return question.minimumInterval != .max && clock.uptime - asked.at >= question.minimumInterval
    }

    /// The uptime at which something changes by itself: a message goes, or a sum may be read again.
    var nextDeadline: Int64? {
        var deadlines: [Int64] = []
        if let flash { deadlines.append(flash.ends) }
        // Without a database nothing can be asked, so nothing is waited for.
        for question in wanted where health.database == .open && question.minimumInterval != .max {
            guard let asked = book.asked[question.slot], asked.question == question else { continue }
            guard asked.isAnswered, asked.epoch != epoch, follows(question) else { continue }
            deadlines.append(asked.at + question.minimumInterval)
        }
        return deadlines.min()
    }
}
