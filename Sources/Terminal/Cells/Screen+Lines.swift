package import SafeText

extension Screen {
    /// Draws a horizontal line, with a title set into it when there is one.
    package mutating func rule(
        y: Int,
        title: SafeText? = nil,
        x: Int = 0,
        width: Int? = nil,
        role: Role = .rule,
        titleRole: Role = .title
    ) {
        let length = width ?? size.columns - x
        fill(Rect(x: x, y: y, width: length, height: 1), glyphs.rule, role: role)
        guard let title, !title.isEmpty, length > 6 else { return }
        put(" " + glyphs.cut(title, to: length - 6) + " ", x: x + 2, y: y, role: titleRole)
    }

    /// Clears a rectangle and draws a frame on its edge; returns the room inside.
    @discardableResult
    package mutating func box(
        _ rect: Rect,
        title: SafeText? = nil,
        footer: SafeText? = nil,
        role: Role = .rule
    ) -> Rect {
        fill(rect)
        guard rect.width >= 2, rect.height >= 2 else { return rect }
        rule(y: rect.y, title: title, x: rect.x, width: rect.width, role: role)
        rule(y: rect.endY - 1, title: footer, x: rect.x, width: rect.width, role: role, titleRole: .dim)
        for y in rect.y + 1..<rect.endY - 1 {
            set(Cell(glyphs.vertical, role: role), x: rect.x, y: y)
            set(Cell(glyphs.vertical, role: role), x: rect.endX - 1, y: y)
        }
        let places = [
            (rect.x, rect.y), (rect.endX - 1, rect.y), (rect.x, rect.endY - 1), (rect.endX - 1, rect.endY - 1),
        ]
        for (corner, place) in zip(glyphs.corners, places) {
            set(Cell(corner, role: role), x: place.0, y: place.1)
        }
        return rect.inset(by: 1)
    }

    /// A box in the middle of the screen with room for `content`, made smaller where the screen is; returns the room.
    @discardableResult
    package mutating func popup(content: Size, title: SafeText? = nil, footer: SafeText? = nil) -> Rect {
        box(Self.popupFrame(content: content, in: size), title: title, footer: footer, role: .title)
        return Self.popupRoom(content: content, in: size)
    }

    /// The room inside of a popup for `content`, on a screen of a size.
    package static func popupRoom(content: Size, in size: Size) -> Rect {
        let frame = popupFrame(content: content, in: size)
        guard frame.width >= 2, frame.height >= 2 else { return frame }
        let room = frame.inset(by: 1)
        guard room.width > 2 else { return room }
        return Rect(x: room.x + 1, y: room.y, width: room.width - 2, height: room.height)
    }

    private static func popupFrame(content: Size, in size: Size) -> Rect {
        let width = min(size.columns, content.columns + 4)
        let height = min(size.rows, content.rows + 2)
        return Rect(x: (size.columns - width) / 2, y: (size.rows - height) / 2, width: width, height: height)
    }
}
