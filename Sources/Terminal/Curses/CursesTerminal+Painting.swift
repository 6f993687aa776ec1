import CNCurses

extension CursesTerminal {
    /// Paints what changed since the last screen.
    package func paint(_ screen: Screen) {
        guard !isClosed else { return }
        let window = CNCurses_stdscr()
        let size = session.size
        if painted?.size != screen.size { werase(window) }
        for run in ScreenRun.changes(from: painted, to: screen) where run.y < size.rows {
            draw(run, of: screen, columns: size.columns)
        }
        show(cursor: screen.cursor, size: size)
        wnoutrefresh(window)
        doupdate()
        painted = screen
    }

    /// Makes the next ``paint(_:)`` send every cell, whatever the terminal shows by now.
    package func redraw() {
        guard !isClosed else { return }
        painted = nil
        clearok(CNCurses_stdscr(), true)
    }

    private func draw(_ run: ScreenRun, of screen: Screen, columns: Int) {
        var line: [cchar_t] = []
        // A base, three marks and the end, for every cell anew: an array a cell would cost more than curses does.
        var text = [wchar_t](repeating: 0, count: 5)
        line.reserveCapacity(run.end - run.start)
        var x = run.start
        for cell in screen.row(run.y).dropFirst(run.start).prefix(run.end - run.start) {
            // Curses makes the right half of a wide character itself.
            guard cell.width > 0, x + Int(cell.width) <= columns else { continue }
            line.append(complexCharacter(cell, &text))
            x += Int(cell.width)
        }
        mvwadd_wchnstr(CNCurses_stdscr(), Int32(run.y), Int32(run.start), line, Int32(line.count))
    }

    private func complexCharacter(_ cell: Cell, _ text: inout [wchar_t]) -> cchar_t {
        let look = theme.look(of: cell.role, isSelected: cell.isSelected)
        var result = cchar_t()
        text[0] = wchar_t(bitPattern: cell.glyph.value)
        text[1] = 0
        if cell.hasMarks {
            let marks = cell.combining
            for (index, mark) in marks.enumerated() { text[index + 1] = wchar_t(bitPattern: mark.value) }
            text[marks.count + 1] = 0
        }
        setcchar(&result, text, look.attributes, look.pair, nil)
        return result
    }

    private func show(cursor: Point?, size: Size) {
        let isShown = cursor.map { $0.x < size.columns && $0.y < size.rows && $0.x >= 0 && $0.y >= 0 } ?? false
        if isShown != isCursorShown {
            curs_set(isShown ? 1 : 0)
            isCursorShown = isShown
        }
        if isShown, let cursor { wmove(CNCurses_stdscr(), Int32(cursor.y), Int32(cursor.x)) }
    }
}
