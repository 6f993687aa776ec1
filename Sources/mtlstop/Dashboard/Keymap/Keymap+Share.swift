import SafeText
import Terminal

/// The keys that keep rows and take them elsewhere.
extension Keymap {
    static let share: [Binding] =
        marks + comparing + views + [
            Binding(.screen, [.character("a")], .note, .share, "a note on what is selected"),
            Binding(.screen, [.character(";")], .sql, .share, "read-only SQL: one SELECT"),
            Binding(.screen, [.character("e"), .function(8)], .export, .share, "export to a file", hint: "export"),
            Binding(.screen, [.character("E")], .exportAgain, .share, "the same export again, into a new file"),
            Binding(.always, [.control("g")], .stop, .share, "stop a running export"),
            Binding(.dialog, [.tab, .down], .nextField, .share, "next field", hint: "next"),
            Binding(.dialog, [.backTab, .up], .previousField, .share, "previous field"),
            Binding(.dialogChoice, [.character(" "), .right], .choose, .share, "next choice", hint: "choose"),
            Binding(.dialogChoice, [.left], .choosePrevious, .share, "previous choice"),
            Binding(.dialog, [.control("s")], .writeNow, .share, "write the file now", hint: "write"),
            Binding(.dialog, [.enter], .open, .share, "press the button; else the next field"),
            Binding(.dialog, [.escape], .back, .share, "close without writing", hint: "cancel"),
            Binding(.dialogChoice, [.character("q")], .back, .share, "close without writing"),
            Binding(.replacing, [.enter], .open, .share, "replace the file", hint: "replace"),
            Binding(.replacing, [.escape, .character("q")], .back, .share, "back to the dialog", hint: "back"),
        ]

    private static let views: [Binding] = [
        Binding(.certificate, [.character("L")], .findings, .share, "go to what is wrong with it", hint: "findings"),
        Binding(.certificate, [.character("p")], .pem, .share, "go to its PEM", hint: "PEM"),
        Binding(.certificate, [.character("v")], .fields, .share, "go to its raw fields"),
        Binding(.certificate, [.character("x")], .der, .share, "go to its DER in hexadecimal"),
        Binding(.expiring, [.character("R")], .hideRenewed, .share, "only what has no renewal, and back"),
        Binding(.expiring, [.character("i")], .calendar, .share, "the ends as a calendar file (.ics)"),
    ]

    private static let comparing: [Binding] = markable.map {
        Binding($0, [.character("D")], .compare, .share, "compare with renewal, or two marked")
    }

    /// Screens whose rows can be marked.
    private static let markable: [Context] = [.live, .partyEvents, .certs, .expiring, .event, .certificate]

    private static let marks: [Binding] =
        markable.map {
            Binding($0, [.character("m")], .mark, .share, "mark, or take the mark away")
        }
        + [Context.live, .partyEvents, .certs, .expiring].map {
            Binding($0, [.character("M")], .onlyMarked, .share, "only marked rows, and back")
        }
}
