import Testing

/// What a user does and what the terminal must show for it, step by step.
struct Journey: Sendable, CustomTestStringConvertible {
    enum Step: Sendable {
        case press([String])
        case type(String)
        case shows(String)
        case hides(String)
    }

    let promise: String
    let steps: [Step]
    var options = ""

    var testDescription: String { promise }

    init(_ promise: String, _ steps: Step..., options: String = "") {
        self.promise = promise
        self.steps = steps
        self.options = options
    }
}

extension Journey.Step {
    static func press(_ keys: String...) -> Self { .press(keys) }
}

@Suite("What the manual promises happens on a real terminal", .serialized)
struct JourneyTests {
    static let all: [Journey] = [
        Journey(
            "1 to 6 open the views",
            .press("2"),
            .shows("[2 Rejections]"),
            .press("3"),
            .shows("[3 Certs]"),
            .press("4"),
            .shows("[4 Expiring"),
            .press("5"),
            .shows("[5 Sources]"),
            .press("6"),
            .shows("[6 Changes]"),
            .press("1"),
            .shows("[1 Live]")
        ),
        Journey(
            "moving off the newest row stops following, f follows again",
            .press("j", "j", "j"),
            .shows("row 4 of 42"),
            .press("f"),
            .shows("following"),
            .shows("row 1 of 42")
        ),
        Journey(
            "G goes to the oldest row, g to the newest",
            .press("G"),
            .shows("row 42 of 42"),
            .press("g"),
            .shows("row 1 of 42")
        ),
        Journey("pages move by a screen", .press("C-f"), .hides("row 1 of"), .press("C-b"), .shows("row 1 of 42")),
        Journey(
            "Enter opens the event, Enter again its certificate, Esc climbs back to the same row",
            .press("j", "Enter"),
            .shows("socket_not_authorized"),
            .press("Enter"),
            .shows("cdcdcdcdcdcdcdcd"),
            .press("Escape"),
            .shows("socket_not_authorized"),
            .press("Escape"),
            .shows("row 2 of 42")
        ),
        Journey(
            "w says why a row was rejected",
            .press("w"),
            .shows("expired"),
            .shows("certain"),
            .press("q"),
            .shows("[1 Live]")
        ),
        Journey(
            "d opens the certificate of a row",
            .press("d"),
            .shows("cdcdcdcdcdcdcdcd"),
            .press("Escape"),
            .shows("following")
        ),
        Journey(
            "l goes through the cells, = keeps the cell's value, F switches the filter off and on",
            .press("l", "l", "l"),
            .shows("SUBJECT: "),
            .press("="),
            .shows("filter: cn="),
            .press("F"),
            .shows("filter off (F)"),
            .press("F"),
            .shows("filter: cn="),
            .press("Escape", "U"),
            .shows("filter: (none)")
        ),
        Journey(
            "Tab offers values in the filter line, one after the other",
            .press("/", "o", "u", "t", "Tab"),
            .shows("/ outcome:"),
            .press("Tab"),
            .shows("> "),
            .press("Enter"),
            .shows("filter: outcome:")
        ),
        Journey(
            "b groups the rejections by address, Enter goes down to who it was, w explains the newest",
            .press("2", "b", "j", "j", "Enter"),
            .shows("by: address"),
            .shows("CLIENT IP"),
            .press("Enter"),
            .shows("SUBJECT"),
            .press("w"),
            .shows("certain"),
            .press("Escape"),
            .press("b", "k", "k", "Enter"),
            .shows("by: reason")
        ),
        Journey(
            "0 goes to the view before, Enter on a source shows its events",
            .press("5"),
            .shows("[5 Sources]"),
            .press("Enter"),
            .shows("[1 Live]"),
            .shows("filter: se"),
            .press("0"),
            .shows("[5 Sources]")
        ),
        Journey(
            "in the help / looks for a word and ? shows all keys; a key that does nothing says so",
            .press("?", "/"),
            .type("clipboard"),
            .shows("copy a value"),
            .press("q", "?", "?"),
            .shows("keys of all places"),
            .press("q", "X"),
            .shows("X does nothing here")
        ),
        Journey(
            "Space pauses the rows and goes on",
            .press("Space"),
            .shows("PAUSED"),
            .press("Space"),
            .hides("PAUSED")
        ),
        Journey(
            "/ hides what does not match, u undoes, U clears",
            .press("/"),
            .type("outcome:ok"),
            .hides("old-batch-runner"),
            .press("u"),
            .shows("old-batch-runner"),
            .press("/"),
            .type("cn:svc-*"),
            .hides("old-batch-runner"),
            .press("U"),
            .shows("old-batch-runner")
        ),
        Journey(
            "a filter that cannot be read names its column, and Esc brings the rows back",
            .press("/", "e", "x", "p", "i", "r", "e", "s", ":", "<", "3", "0", "x"),
            .shows("column "),
            .press("Escape"),
            .hides("column "),
            .shows("old-batch-runner")
        ),
        Journey(
            "Up in the filter line finds the filter before",
            .press("/"),
            .type("outcome:ok"),
            .hides("old-batch-runner"),
            .press("U"),
            .shows("old-batch-runner"),
            .press("/", "Up"),
            .shows("outcome:ok"),
            .press("Escape"),
            .shows("old-batch-runner")
        ),
        Journey(
            "= keeps the rows that share a value, u brings the others back",
            .press("="),
            .shows("outcome"),
            .press("Escape"),
            .shows("following")
        ),
        Journey(
            "Rejections lead from a reason to who, to their events, to one event",
            .press("2"),
            .shows("certificate expired"),
            .press("Enter"),
            .shows("10.4.9.3"),
            .press("Enter"),
            .shows("event 1 of 2"),
            .press("Enter"),
            .shows("socket_not_authorized"),
            .press("Escape", "Escape", "Escape"),
            .shows("[2 Rejections]")
        ),
        Journey(
            "Tab goes to the other pane of Rejections",
            .press("2"),
            .shows("certificate expired"),
            .press("Tab", "Enter"),
            .shows("old-batch-runner")
        ),
        Journey(
            "Certs lists each certificate, s orders them, c hides a column, Enter opens",
            .press("3"),
            .shows("svc-billing"),
            .press("s", "j", "Enter"),
            .shows("order: expiry"),
            .press("S"),
            .shows("order: expiry, reversed"),
            .press("c", "Enter"),
            .shows("[ ] SUBJECT"),
            .press("Escape"),
            .hides("svc-billing"),
            .press("Enter"),
            .shows("Certs > certificate"),
            .press("Escape"),
            .hides("Certs > certificate")
        ),
        Journey(
            "Sources tells who reports and how the database is",
            .press("5"),
            .shows("edge-2"),
            .shows("42 events, 2 certificates"),
            .press("1"),
            .shows("[1 Live]")
        ),
        Journey(
            "? shows the keys of this place and closes again",
            .press("?"),
            .shows("why it was rejected"),
            .press("q"),
            .shows("[1 Live]"),
            .shows("old-batch-runner")
        ),
        Journey(
            ": takes an action by its name, Tab completes it",
            .press(":"),
            .type("view-certs"),
            .shows("[3 Certs]"),
            .press(":", "v", "i", "e", "w", "-", "l", "i", "Tab", "Enter"),
            .shows("[1 Live]")
        ),
        Journey(
            ": says of an unknown word that it knows none such",
            .press(":"),
            .type("make-coffee"),
            .shows("make-coffee"),
            .press("Escape"),
            .hides("make-coffee")
        ),
        Journey(
            "T changes how times are written",
            .shows("UTC"),
            .press("T"),
            .shows("local"),
            .press("T"),
            .shows("relative")
        ),
        Journey("t offers ranges", .press("t"), .shows("Enter take"), .press("Escape"), .hides("Enter take")),
        Journey(
            "p turns the preview on and off",
            .press("p"),
            .shows("class expired"),
            .press("p"),
            .hides("class expired")
        ),
        Journey("y offers what can be copied", .press("y"), .shows("10.4.9.3"), .press("Escape"), .shows("following")),
        Journey("o offers what is related", .press("o"), .shows("10.4.9.3"), .press("Escape"), .shows("following")),
        Journey("} goes to the next rejection", .press("}"), .shows("row 2 of 42")),
        Journey("^L paints everything again", .press("C-l"), .shows("old-batch-runner")),
        Journey(
            "--view and --filter choose the first screen",
            .shows("[3 Certs]"),
            .hides("old-batch-runner"),
            options: "--view certs --filter cn:svc-billing"
        ),
        Journey(
            "F-keys do the same as letters",
            .press("F1"),
            .shows("why it was rejected"),
            .press("Escape"),
            .press("F4"),
            .type("outcome:rej"),
            .hides("svc-billing")
        ),
        Journey(
            "q from a page closes the page only",
            .press("Enter"),
            .shows("socket_not_authorized"),
            .press("q"),
            .shows("following")
        ),
        Journey("Esc at the top does nothing", .press("Escape", "Escape"), .shows("following")),
    ]

    @Test("A promise of the manual is kept", arguments: all.enumerated().map { ($0.offset, $0.element) })
    func promiseIsKept(_ number: Int, _ journey: Journey) throws {
        let session =
            number.isMultiple(of: 2)
            ? try TmuxSession(columns: 80, rows: 24) : try TmuxSession(columns: 120, rows: 28)
        _ = try JourneyDatabase(at: session.database)
        try session.run(
            "export XDG_STATE_HOME='\(session.folder["state"])' XDG_CONFIG_HOME='\(session.folder["config"])'"
        )
        try session.startDashboard("--read-only \(journey.options)")
        if journey.options.isEmpty { try session.expect("old-batch-runner") }
        for step in journey.steps {
            switch step {
            case .press(let keys):
                for key in keys {
                    try session.press(key)
                    // A key right behind an escape would be read as one key with Alt.
                    if key == "Escape" || key == "Enter" { try session.settle() }
                }
            case .type(let text): try session.run(text)
            case .shows(let text): try session.expect(text)
            case .hides(let text): try session.expectGone(text)
            }
        }
        try session.press("Q")
        try session.expect("left-0")
        #expect(try !session.isAlternate())
    }
}
