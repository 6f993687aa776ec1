import SafeText
import Terminal

/// The key table: the dispatch, the bottom line, the help and the tests read nothing else.
enum Keymap {
    static let bindings: [Binding] = open + move + narrow + sort + watch + share + program + typing

    /// The action of a key in the contexts of the moment, the most special context first.
    ///
    /// `bindings` is the table in force: the standard one, or the one that a person changed.
    static func action(for key: Key, in contexts: [Context], bindings: [Binding] = Keymap.bindings) -> Action? {
        for context in contexts {
            if let binding = bindings.first(where: { $0.context == context && $0.keys.contains(key) }) {
                return binding.action
            }
        }
        return nil
    }

    private static let open: [Binding] = [
        Binding(.live, [.enter], .open, .open, "open the event", hint: "detail"),
        Binding(.rejections, [.enter], .open, .open, "who was rejected for it", hint: "drill down"),
        Binding(.parties, [.enter], .open, .open, "their events", hint: "events"),
        Binding(.partyEvents, [.enter], .open, .open, "open the event", hint: "detail"),
        Binding(.certs, [.enter], .open, .open, "open the certificate", hint: "certificate"),
        Binding(.expiring, [.enter], .open, .open, "open the certificate", hint: "certificate"),
        Binding(.changes, [.enter], .open, .open, "open the certificate, reason or service", hint: "open"),
        Binding(.event, [.enter], .open, .open, "open its certificate", hint: "certificate"),
        Binding(.live, [.character("d")], .certificate, .open, "certificate of the row", hint: "cert"),
        Binding(.parties, [.character("d")], .certificate, .open, "certificate of the row", hint: "certificate"),
        Binding(.partyEvents, [.character("d")], .certificate, .open, "certificate of the row", hint: "certificate"),
        Binding(.event, [.character("d")], .certificate, .open, "its certificate"),
        Binding(.why, [.character("d")], .certificate, .open, "the certificate it is about", hint: "certificate"),
        Binding(.live, [.character("w")], .why, .open, "why it was rejected, and the fix", hint: "why"),
        Binding(
            .rejections,
            [.character("w")],
            .why,
            .open,
            "why the newest was rejected, the fix",
            hint: "why"
        ),
        Binding(
            .parties,
            [.character("w")],
            .why,
            .open,
            "why the newest was rejected, the fix",
            hint: "why"
        ),
        Binding(.partyEvents, [.character("w")], .why, .open, "why it was rejected, and the fix", hint: "why"),
        Binding(
            .certificate,
            [.character("w")],
            .why,
            .open,
            "why it was rejected last, and the fix",
            hint: "why"
        ),
        Binding(.event, [.character("w")], .why, .open, "why it was rejected, and the fix", hint: "why"),
        Binding(.screen, [.escape, .backspace], .back, .open, "back one step", hint: "back"),
        Binding(.screen, [.character("q")], .close, .open, "close this, quit from a view", hint: "quit"),
        Binding(.screen, [.character("1")], .viewLive, .open, "Live: the stream of authentications"),
        Binding(.screen, [.character("2")], .viewRejections, .open, "Rejections: reasons, who, events"),
        Binding(.screen, [.character("3")], .viewCerts, .open, "Certs: every certificate seen"),
        Binding(.screen, [.character("4")], .viewExpiring, .open, "Expiring: what stops working, and when"),
        Binding(.screen, [.character("5")], .viewSources, .open, "Sources: who reports, and the database"),
        Binding(.screen, [.character("6")], .viewChanges, .open, "Changes: what differs from before"),
        Binding(.screen, [.character("0"), .character("`")], .viewLast, .open, "the view before this one"),
        Binding(
            .sources,
            [.enter],
            .open,
            .open,
            "its events in Live",
            hint: "events"
        ),
    ]

    private static let move: [Binding] = [
        Binding(.list, [.character("j"), .down], .rowDown, .move, "next row"),
        Binding(.list, [.character("k"), .up], .rowUp, .move, "previous row"),
        Binding(
            .list,
            [.character("l"), .right],
            .cellRight,
            .move,
            "cell to the right, for = and -"
        ),
        Binding(.list, [.character("h"), .left], .cellLeft, .move, "cell to the left"),
        Binding(.list, [.pageDown, .control("f")], .pageDown, .move, "page down"),
        Binding(.list, [.pageUp, .control("b")], .pageUp, .move, "page up"),
        Binding(.list, [.control("d")], .halfPageDown, .move, "half a page down"),
        Binding(.list, [.control("u")], .halfPageUp, .move, "half a page up"),
        Binding(.list, [.character("g"), .home], .first, .move, "first row"),
        Binding(.list, [.character("G"), .end], .last, .move, "last row"),
        Binding(.live, [.character("}")], .nextFinding, .move, "next rejection, down the list"),
        Binding(.live, [.character("{")], .previousFinding, .move, "previous rejection, up the list"),
        Binding(.certs, [.character("}")], .nextFinding, .move, "next certificate with a finding"),
        Binding(.certs, [.character("{")], .previousFinding, .move, "previous certificate with a finding"),
        Binding(.rejections, [.tab, .backTab], .nextPane, .move, "other pane: reasons, who", hint: "pane"),
        Binding(.document, [.character("j"), .down], .rowDown, .move, "scroll down", hint: "scroll"),
        Binding(.document, [.character("k"), .up], .rowUp, .move, "scroll up"),
        Binding(.document, [.pageDown, .control("f"), .character(" ")], .pageDown, .move, "page down"),
        Binding(.document, [.pageUp, .control("b")], .pageUp, .move, "page up"),
        Binding(.document, [.control("d")], .halfPageDown, .move, "half a page down"),
        Binding(.document, [.control("u")], .halfPageUp, .move, "half a page up"),
        Binding(.document, [.character("g"), .home], .first, .move, "top"),
        Binding(.document, [.character("G"), .end], .last, .move, "bottom"),
        Binding(.document, [.tab, .character("]")], .nextSection, .move, "next section", hint: "section"),
        Binding(.document, [.backTab, .character("[")], .previousSection, .move, "previous section"),
        Binding(.menu, [.character("j"), .down], .rowDown, .move, "next choice"),
        Binding(.menu, [.character("k"), .up], .rowUp, .move, "previous choice"),
        Binding(.menu, [.enter, .character(" ")], .open, .move, "take the choice", hint: "take"),
        Binding(
            .menu,
            "123456789".unicodeScalars.map { .character($0) },
            .pick,
            .move,
            "take the choice of this number"
        ),
        Binding(.menu, [.character("<")], .sortPrevious, .move, "move the column to the left"),
        Binding(.menu, [.character(">")], .sortNext, .move, "move the column to the right"),
        Binding(
            .menu,
            [.escape, .character("q"), .character("t"), .function(2)],
            .back,
            .move,
            "leave it",
            hint: "cancel"
        ),
        Binding(.help, [.character("j"), .down], .rowDown, .move, "scroll down", hint: "scroll"),
        Binding(.help, [.character("k"), .up], .rowUp, .move, "scroll up"),
        Binding(.help, [.pageDown, .character(" ")], .pageDown, .move, "page down"),
        Binding(.help, [.pageUp], .pageUp, .move, "page up"),
        Binding(
            .help,
            [.escape, .character("q")],
            .back,
            .move,
            "close the help",
            hint: "close"
        ),
        Binding(
            .help,
            [.character("?"), .function(1)],
            .help,
            .move,
            "the keys of all places, and back",
            hint: "all keys"
        ),
        Binding(
            .help,
            [.character("/")],
            .filter,
            .move,
            "look for a word in all of the help",
            hint: "search"
        ),
    ]

    private static let narrow: [Binding] = [
        Binding(
            .list,
            [.character("/"), .function(4)],
            .filter,
            .narrow,
            "filter: hide all other rows",
            hint: "filter"
        ),
        Binding(.list, [.character("F")], .toggleFilter, .narrow, "filter off, and on again"),
        Binding(.list, [.character("u")], .undoFilter, .narrow, "undo the last filter change"),
        Binding(.list, [.character("U")], .clearFilter, .narrow, "clear the filter"),
        Binding(.screen, [.character("\\"), .function(3)], .find, .narrow, "find without hiding"),
        Binding(.screen, [.character("n")], .findNext, .narrow, "next place that holds it"),
        Binding(.screen, [.character("N")], .findPrevious, .narrow, "previous place"),
        Binding(.screen, [.character("=")], .keep, .narrow, "keep this value: the cell's, or a menu"),
        Binding(.screen, [.character("-")], .drop, .narrow, "drop this value: the cell's, or a menu"),
        Binding(.screen, [.character("o")], .related, .narrow, "related: events that share a value"),
        Binding(.live, [.character("t")], .range, .narrow, "time range", hint: "range"),
        Binding(.rejections, [.character("t")], .range, .narrow, "time range", hint: "range"),
        Binding(.parties, [.character("t")], .range, .narrow, "time range", hint: "range"),
        Binding(.certs, [.character("t")], .range, .narrow, "time of use", hint: "range"),
        Binding(.list, [.character("z")], .zoomIn, .narrow, "shorter time range, round the event"),
        Binding(.list, [.character("Z")], .zoomOut, .narrow, "longer time range"),
        Binding(.list, [.character(",")], .shiftBack, .narrow, "the time range before"),
        Binding(.list, [.character(".")], .shiftForward, .narrow, "the time range after"),
        Binding(.expiring, [.character("t")], .range, .narrow, "how many days ahead", hint: "days"),
        Binding(.changes, [.character("t")], .range, .narrow, "the period to compare", hint: "period"),
    ]

    private static let sort: [Binding] = [Context.rejections, .parties, .certs, .expiring, .sources].map { context in
        Binding(context, [.character("s"), .function(6)], .sort, .watch, "order of the list: a menu", hint: "sort")
    }

    private static let watch: [Binding] = [
        Binding(.live, [.character(" ")], .pause, .watch, "pause the rows; the numbers go on", hint: "pause"),
        Binding(.live, [.character("f")], .follow, .watch, "jump to the newest row and follow", hint: "follow"),
        Binding(.live, [.character("p")], .preview, .watch, "preview of the selected row on or off"),
        Binding(.live, [.character("P")], .previewSide, .watch, "preview below or beside the list"),
        Binding(.list, [.character(">")], .sortNext, .watch, "order by the next key"),
        Binding(.list, [.character("<")], .sortPrevious, .watch, "order by the key before"),
        Binding(.list, [.character("S")], .reverse, .watch, "the order the other way round"),
        Binding(.list, [.character("c"), .function(9)], .columns, .watch, "columns: which, and in which order"),
        Binding(
            .changes,
            [.character("m")],
            .markRead,
            .watch,
            "mark what came since as read",
            hint: "read"
        ),
        Binding(
            .rejections,
            [.character("b")],
            .group,
            .watch,
            "group by another value: a menu",
            hint: "group"
        ),
        Binding(.parties, [.character("b")], .group, .watch, "group by something else"),
        Binding(.list, [.character("T")], .times, .watch, "times in UTC, local, relative"),
        Binding(.document, [.character("T")], .times, .watch, "times in UTC, local, relative"),
        Binding(.screen, [.function(5)], .refresh, .watch, "read everything again"),
    ]

    private static let program: [Binding] = [
        Binding(.screen, [.character("?"), .function(1)], .help, .program, "this help", hint: "help"),
        Binding(.firstRun, [.character("T")], .sendTest, .open, "send a test event", hint: "test event"),
        Binding(.firstRun, [.character("h")], .guide, .open, "how to connect an application", hint: "how to connect"),
        Binding(.firstRun, [.character("D")], .demo, .open, "leave for the demo: real handshakes", hint: "demo"),
        Binding(.collectorDown, [.character("i")], .collectorBox, .program, "what is known about it, and what to do"),
        Binding(.collectorDown, [.character("r")], .retry, .program, "look for a collector now"),
        Binding(.screen, [.control("p")], .plain, .program, "without lines and frames, and back"),
        Binding(.screen, [.function(2)], .options, .program, "options: theme, mouse, times, bell"),
        Binding(.screen, [.character("y")], .copy, .program, "copy a value to the clipboard"),
        Binding(.screen, [.character(":")], .command, .program, "command line: every action has a name"),
        Binding(.screen, [.character("Q"), .function(10)], .quit, .program, "quit now"),
        Binding(.always, [.control("c")], .quit, .program, "quit now"),
        Binding(.always, [.control("l")], .redraw, .program, "paint the screen again"),
        Binding(.always, [.control("z")], .suspend, .program, "suspend; fg comes back"),
    ]

    private static let typing: [Binding] = [
        Binding(.prompt, [.enter], .promptApply, .typing, "keep this filter", hint: "apply"),
        Binding(.prompt, [.escape], .promptCancel, .typing, "back to the filter before", hint: "cancel"),
        Binding(.prompt, [.up], .promptEarlier, .typing, "earlier filter", hint: "history"),
        Binding(.prompt, [.down], .promptLater, .typing, "later filter"),
        Binding(.prompt, [.control("r")], .promptSearch, .typing, "earlier line that holds what is typed"),
        Binding(.prompt, [.tab], .promptComplete, .typing, "complete; again: the next candidate"),
        Binding(.prompt, [.backTab], .promptCompleteBack, .typing, "the candidate before"),
    ]
}
