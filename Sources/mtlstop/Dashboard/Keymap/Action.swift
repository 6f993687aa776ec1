/// Everything a key can do; the key table, the help and the tests share these names.
enum Action: String, CaseIterable, Hashable, Sendable {
    case viewLive = "view-live"
    case viewRejections = "view-rejections"
    case viewCerts = "view-certs"
    case viewExpiring = "view-expiring"
    case viewSources = "view-sources"
    case viewChanges = "view-changes"
    case rowDown = "row-down"
    case rowUp = "row-up"
    case halfPageDown = "half-page-down"
    case halfPageUp = "half-page-up"
    case pageDown = "page-down"
    case pageUp = "page-up"
    case first
    case last
    case nextPane = "next-pane"
    case nextSection = "next-section"
    case previousSection = "previous-section"
    case viewLast = "view-last"
    case cellLeft = "cell-left"
    case cellRight = "cell-right"
    case open
    case back
    case close
    case certificate
    case why
    case preview
    case previewSide = "preview-side"
    case pause
    case follow
    case sort
    case sortNext = "sort-next"
    case sortPrevious = "sort-previous"
    case reverse
    case columns
    case group
    case filter
    case toggleFilter = "toggle-filter"
    case undoFilter = "undo-filter"
    case clearFilter = "clear-filter"
    case range
    case zoomIn = "zoom-in"
    case zoomOut = "zoom-out"
    case shiftBack = "shift-back"
    case shiftForward = "shift-forward"
    case nextFinding = "next-finding"
    case previousFinding = "previous-finding"
    case keep
    case drop
    case related
    case copy
    case command
    case find
    case findNext = "find-next"
    case findPrevious = "find-previous"
    case mark
    case onlyMarked = "only-marked"
    case note
    case compare
    case findings
    case pem
    case der
    case fields
    case hideRenewed = "hide-renewed"
    case calendar
    case sql
    case export
    case exportAgain = "export-again"
    case stop
    case nextField = "next-field"
    case previousField = "previous-field"
    case choose
    case pick
    case choosePrevious = "choose-previous"
    case writeNow = "write-now"
    case times
    case options
    case help
    case refresh
    case markRead = "mark-read"
    case redraw
    case plain
    case sendTest = "send-test"
    case guide
    case demo
    case collectorBox = "collector-box"
    case retry
    case suspend
    case quit
    case promptApply = "prompt-apply"
    case promptCancel = "prompt-cancel"
    case promptEarlier = "prompt-earlier"
    case promptLater = "prompt-later"
    case promptSearch = "prompt-search"
    case promptComplete = "prompt-complete"
    case promptCompleteBack = "prompt-complete-back"
}
