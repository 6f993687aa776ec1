/// When colours are used: `--color`.
package enum ColorMode: String, CaseIterable, Sendable {
    /// Where the terminal has them, and neither `NO_COLOR` nor `TERM=dumb` is set.
    case auto
    /// Where the terminal has them, whatever `NO_COLOR` says.
    case always
    /// Not at all.
    case never

    /// True when this mode asks for colours in an environment.
    package func wantsColors(noColor: String?, term: String?) -> Bool {
        switch self {
        case .auto: (noColor ?? "").isEmpty && term != "dumb"
        case .always: true
        case .never: false
        }
    }
}
