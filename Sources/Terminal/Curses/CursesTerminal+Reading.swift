import CNCurses
import Glibc
import SafeText

extension CursesTerminal {
    /// The most bytes of a paste that are kept; the rest of it is read and dropped.
    private static let pasteLimit = 65_536

    /// A paste whose end does not come is taken as it is after this many milliseconds of silence.
    private static let pasteSilence = 500

    /// Waits for input, at most `timeoutMilliseconds` (nil: without end), and returns all there is; nothing on timeout.
    package func next(timeoutMilliseconds: Int?) -> [TerminalInput] {
        guard !isClosed else { return [.endOfInput] }
        let deadline = timeoutMilliseconds.map { CursesTerminal.clock() + $0 }
        while true {
            var inputs = waiting
            waiting = []
            let left = deadline.map { max(0, $0 - CursesTerminal.clock()) }
            let ready = wait(inputs.isEmpty ? left : 0)
            if ready.signals { readSignals(&inputs) }
            if ready.wake, waker.pipe.take() { inputs.append(.wake) }
            if ready.terminal { readKeys(&inputs) }
            if ready.nothing, let pasted = paste {
                paste = nil
                inputs.append(.paste(Untrusted(bytes: pasted)))
            }
            if !inputs.isEmpty || left == 0 { return inputs }
        }
    }

    private struct Ready {
        var signals = false
        var wake = false
        var terminal = false
        var nothing: Bool { !signals && !wake && !terminal }
    }

    private func wait(_ milliseconds: Int?) -> Ready {
        let silence = paste == nil ? Int.max : CursesTerminal.pasteSilence
        let timeout = min(milliseconds ?? Int.max, silence, Int(Int32.max))
        var descriptors = [signals.descriptor, waker.pipe.descriptor, session.input].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let isEndless = milliseconds == nil && paste == nil
        let count = poll(&descriptors, nfds_t(descriptors.count), isEndless ? -1 : Int32(timeout))
        guard count > 0 else { return Ready() }
        return Ready(
            signals: descriptors[0].revents != 0,
            wake: descriptors[1].revents != 0,
            terminal: descriptors[2].revents != 0
        )
    }

    private func readSignals(_ inputs: inout [TerminalInput]) {
        let arrivals = signals.take()
        if arrivals.signals.contains(.resume) {
            // Stopped from outside: nobody knows what the terminal was used for meanwhile, so everything is sent again.
            session.leave()
            reenter()
        }
        if arrivals.sizeChanged || arrivals.signals.contains(.resume) {
            if session.updateSize() { painted = nil }
            clearok(CNCurses_stdscr(), true)
            inputs.append(.resize(size))
        }
        inputs += arrivals.signals.map { .signal($0) }
    }

    private func readKeys(_ inputs: inout [TerminalInput]) {
        // A terminal that says it can be read and has no bytes is gone.
        var available: Int32 = 0
        guard ioctl(session.input, UInt(FIONREAD), &available) == 0, available > 0 else {
            inputs.append(.endOfInput)
            return
        }
        while let (code, isFunctionKey) = session.readKey() {
            if isFunctionKey {
                take(CursesKey(code: code), &inputs)
            } else if let scalar = Unicode.Scalar(UInt32(bitPattern: code)) {
                take(scalar, &inputs)
            }
        }
    }

    private func take(_ key: CursesKey, _ inputs: inout [TerminalInput]) {
        switch key {
        case .pasteStart:
            paste = paste ?? []
        case .pasteEnd:
            if let pasted = paste { inputs.append(.paste(Untrusted(bytes: pasted))) }
            paste = nil
        case .mouse:
            if paste == nil { mouseReport = MouseReport() }
        case .key(let key):
            // A key inside of a paste is a control sequence in the pasted text: nothing to show, nothing to obey.
            if paste == nil { inputs.append(.key(key)) }
        case .unknown:
            break
        }
    }

    private func take(_ scalar: Unicode.Scalar, _ inputs: inout [TerminalInput]) {
        if let count = paste?.count {
            let bytes = String(scalar).utf8
            if count + bytes.count <= CursesTerminal.pasteLimit { paste?.append(contentsOf: bytes) }
            return
        }
        if mouseReport != nil, takeMouse(scalar, &inputs) { return }
        guard scalar.value == 0x1B, let (code, isFunctionKey) = session.readKey() else {
            inputs.append(.key(Key(character: scalar)))
            return
        }
        if !isFunctionKey, code != 0x1B, let scalar = Unicode.Scalar(UInt32(bitPattern: code)) {
            inputs.append(.key(.alt(scalar)))
            return
        }
        inputs.append(.key(.escape))
        if isFunctionKey {
            take(CursesKey(code: code), &inputs)
        } else {
            take(Unicode.Scalar(0x1B), &inputs)
        }
    }

    /// Takes a character of a mouse report; false when it does not belong to one.
    private func takeMouse(_ scalar: Unicode.Scalar, _ inputs: inout [TerminalInput]) -> Bool {
        switch mouseReport?.take(scalar) {
        case .going: return true
        case .done(let mouse):
            mouseReport = nil
            if let mouse { inputs.append(.mouse(mouse)) }
            return true
        case .broken, nil:
            mouseReport = nil
            return false
        }
    }

    /// Milliseconds of a clock that never goes back.
    private static func clock() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
