import AuditStore
import CertCore
import SafeText

/// Renders a document as one page that needs nothing else: no script, no network, its style in itself.
///
/// The policy in its head forbids everything but that style, so that even markup that slipped through could do
/// nothing.
struct HTMLRenderer {
    private let document: ReportDocument
    var html = HTMLText()

    private init(_ document: ReportDocument) {
        self.document = document
    }

    /// The page.
    static func page(_ document: ReportDocument) -> [UInt8] {
        var renderer = HTMLRenderer(document)
        renderer.head()
        renderer.body()
        return renderer.html.bytes
    }

    private mutating func head() {
        let style = HTMLStyle.text(mark: document.mark, created: ReportWords.day(document.created))
        html.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        html.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-")
        html.text(SafeText(HTMLStyle.digest(of: style)))
        html.markup("'; base-uri 'none'; form-action 'none'\">\n")
        html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        html.markup("<meta name=\"referrer\" content=\"no-referrer\">\n")
        html.markup("<meta name=\"robots\" content=\"noindex, nofollow\">\n")
        html.markup("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        html.text(document.title + " – " + document.subtitle)
        html.markup("</title>\n<style>")
        html.style(style)
        html.markup("</style>\n</head>\n")
    }

    private mutating func body() {
        html.markup("<body>\n<header class=\"cover\">\n")
        html.element("<h1>", document.title, "</h1>\n")
        html.element("<p class=\"period\">", document.subtitle, "</p>\n")
        html.markup("<dl class=\"figures\">\n")
        for figure in document.figures {
            html.markup("<div class=\"")
            html.text(SafeText(figure.mark.rawValue))
            html.element("\"><dt>", figure.title, "</dt>")
            html.element("<dd>", figure.value, "")
            html.element("<small>", figure.note, "</small></dd></div>\n")
        }
        html.markup("</dl>\n<nav aria-label=\"Contents\"><ol>\n")
        for section in document.sections {
            html.element("<li><a href=\"#", SafeText(section.id), "\">")
            html.element("", section.title, "</a></li>\n")
        }
        html.markup("</ol></nav>\n</header>\n<main>\n")
        for (index, section) in document.sections.enumerated() { render(section, number: index + 1) }
        html.markup("</main>\n<footer>")
        html.text("Made by mtlstop \(ProductVersion.text). Report mark \(document.mark).")
        html.markup("</footer>\n</body>\n</html>\n")
    }

    private mutating func render(_ section: ReportSection, number: Int) {
        html.element("<section id=\"", SafeText(section.id), "\">\n")
        html.markup("<h2><span class=\"no\">")
        html.number(number)
        html.markup("</span> ")
        html.element("", section.title, "</h2>\n")
        html.element("<p class=\"lead\">", section.lead, "</p>\n")
        for block in section.blocks { render(block) }
        html.markup("</section>\n")
    }

    private mutating func render(_ block: ReportBlock) {
        switch block {
        case .paragraph(let text): html.element("<p>", text, "</p>\n")
        case .heading(let text): html.element("<h3>", text, "</h3>\n")
        case .facts(let facts): render(facts)
        case .table(let table): render(table)
        case .chart(let chart): ChartRenderer.render(chart, into: &html)
        case .signatures(let names): renderSignatures(names)
        case .command(let line): html.element("<pre><code>", SafeText(line), "</code></pre>\n")
        }
    }

    private mutating func render(_ facts: [(SafeText, ReportCell)]) {
        html.markup("<table class=\"facts\"><tbody>\n")
        for (name, value) in facts {
            html.element("<tr><th scope=\"row\">", name, "</th><td>")
            render(value)
            html.markup("</td></tr>\n")
        }
        html.markup("</tbody></table>\n")
    }

    private mutating func render(_ table: ReportTable) {
        if table.rows.isEmpty {
            html.element("<p class=\"none\">", table.empty, "</p>\n")
            return
        }
        // A few columns stretched over the page would put numbers far from what they count.
        html.markup(
            table.columns.count <= 4 ? "<div class=\"scroll\"><table class=\"small\">" : "<div class=\"scroll\"><table>"
        )
        html.markup("<thead><tr>")
        for column in table.columns {
            html.markup(column.isNumber ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
            html.element("", column.title, "</th>")
        }
        html.markup("</tr></thead><tbody>\n")
        for row in table.rows { render(row, table.columns) }
        html.markup("</tbody></table></div>\n")
        if let cut = table.cut { html.element("<p class=\"cut\">", cut, "</p>\n") }
    }

    private mutating func render(_ row: ReportTable.Row, _ columns: [ReportTable.Column]) {
        html.markup(row.isTotal ? "<tr class=\"total\"" : "<tr")
        if let anchor = row.anchor { html.element(" id=\"", SafeText(anchor), "\"") }
        html.markup(">")
        for (cell, column) in zip(row.cells, columns) {
            html.markup(column.isNumber ? "<td class=\"n\">" : "<td>")
            if case .none = cell, row.isTotal {} else { render(cell) }
            html.markup("</td>")
        }
        html.markup("</tr>\n")
    }

    private mutating func render(_ cell: ReportCell) {
        switch cell {
        case .none: html.markup("<span class=\"nil\">–</span>")
        case .words(let text): html.text(text)
        case .foreign(let text?) where !text.isEmpty: html.foreign(text)
        case .digits(let text?) where !text.isEmpty:
            html.markup("<code>")
            html.foreign(text)
            html.markup("</code>")
        case .foreign, .digits: html.markup("<span class=\"nil\">–</span>")
        case .number(let value): html.text(SafeText(ReportWords.number(value)))
        case .time(let time): html.element("<time>", SafeText(ReportWords.time(time)), "</time>")
        case .day(let time): html.element("<time>", SafeText(ReportWords.day(time)), "</time>")
        case .certificate(let certificate):
            let name = certificate.displayName ?? "(unnamed)"
            guard document.listed.contains(certificate.id) else { return html.foreign(name) }
            html.markup("<a href=\"#cert-")
            html.number(certificate.id)
            html.markup("\">")
            html.foreign(name)
            html.markup("</a>")
        case .mark(let mark, let text):
            html.element("<span class=\"mark ", SafeText(mark.rawValue), "\">")
            html.element("", text, "</span>")
        }
    }

    private mutating func renderSignatures(_ names: [SafeText]) {
        html.markup("<div class=\"exceptions\"><span>Exceptions and remarks</span></div>\n<div class=\"signatures\">\n")
        for name in names {
            html.element("<div><strong>", name, "</strong>")
            html.markup("<span>Name</span><span>Signature</span><span>Date</span></div>\n")
        }
        html.markup("</div>\n")
    }
}
