import AuditEvents
import Testing

@Suite("The HTML report in a browser")
struct BrowserTests {
    @Test("A report full of hostile names runs nothing, loads nothing and says nothing on the console")
    func hostileNames() throws {
        let log = try HostileLog.make()
        let path = log.folder["report.html"]
        let name = HostileLog.names[1]
        let (status, _, errors) = try log.run(
            ["report", "not service:'" + "none" + "'", "-o", path, "--operator", name, "--host", HostileLog.names[0]])
        try #require(status == 0, "\(errors)")
        let page = try Browser.open(path, in: log.folder)
        #expect(page.title.hasPrefix("Client certificate audit report"), "\(page.title)")
        #expect(page.console.isEmpty, "\(page.console)")
        #expect(page.elements(named: "script").isEmpty && page.elements(named: "img").isEmpty)
        // Text from outside stands in the page as text.
        #expect(page.document.contains("&lt;img src=x onerror="))
        #expect(!page.document.contains("\u{202E}") && !page.document.contains("\u{1B}"))
        #expect(page.links.allSatisfy { $0.hasPrefix("#") }, "\(page.links)")
    }

    @Test("The same harness sees a page that does run, load and complain")
    func harness() throws {
        let folder = try TestFolder()
        let html = """
            <!doctype html><title>before</title><img src="http://127.0.0.1:9/x" onerror="document.title='OWNED'">
            <script>console.error('noticed')</script>
            """
        let path = try folder.write(Array(html.utf8), to: "bad.html")
        let page = try Browser.open(path, in: folder)
        #expect(page.title == "OWNED")
        #expect(page.console.contains { $0.contains("noticed") }, "\(page.console)")
        #expect(page.elements(named: "script").count == 1)
    }

    @Test("Printed, the report has its mark on every page, its totals and its signature lines")
    func printed() throws {
        let log = try HostileLog.make()
        let path = log.folder["report.html"]
        try #require(try log.run(["report", "-o", path]).0 == 0)
        let text = try Browser.printed(path, in: log.folder)
        let pages = text.split(separator: "\u{0C}").filter { $0.contains { !$0.isWhitespace } }
        #expect(pages.count > 3)
        #expect(pages.allSatisfy { $0.contains("mark ") && $0.contains("mtlstop audit report 2026-11-23") })
        let names = HostileLog.names.count
        #expect(text.contains("All events") && text.contains("\(names * 2 + 2)"))
        for line in ["Prepared by", "Reviewed by", "Approved by", "Signature"] { #expect(text.contains(line)) }
    }

    @Test("Every link of the page leads to a place that is there")
    func links() throws {
        let log = try SampleLog.whole()
        let html = try log.run(["report", "--format", "html"]).1
        let ids = Set(html.matches(of: /\ id="([^"]+)"/).map { String($0.1) })
        let links = html.matches(of: /href="#([^"]+)"/).map { String($0.1) }
        #expect(links.count > 15)
        for link in links { #expect(ids.contains(link), "\(link)") }
    }
}
