import Testing

/// Chromium without a window: what a page became, and what the browser said about it.
struct Browser {
    /// The document after everything ran.
    let document: String
    /// The lines of its console.
    let console: [String]

    /// The title.
    var title: String {
        document.firstMatch(of: /<title>([^<]*)<\/title>/).map { String($0.1) } ?? ""
    }

    /// Where links go.
    var links: [String] { document.matches(of: /href="([^"]*)"/).map { String($0.1) } }

    /// The elements of a name, by their start.
    func elements(named name: String) -> [Range<String.Index>] { document.ranges(of: "<" + name) }

    /// Opens a file.
    static func open(_ path: String, in folder: TestFolder) throws -> Browser {
        let run = try run(["--dump-dom", "--enable-logging=stderr", "--v=0", "file://" + path], in: folder)
        let console = run.errors.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init)
        return Browser(document: run.output, console: console)
    }

    /// A file printed to PDF, as text; pages end with a form feed.
    static func printed(_ path: String, in folder: TestFolder) throws -> String {
        let pdf = folder["printed.pdf"]
        _ = try run(["--print-to-pdf=" + pdf, "--no-pdf-header-footer", "file://" + path], in: folder)
        let text = try ChildProcess(["-layout", pdf, "-"], in: folder, label: "pdf", program: "/usr/bin/pdftotext")
        try #require(try text.wait() == 0, "\(text.errors)")
        return text.output
    }

    private static func run(_ arguments: [String], in folder: TestFolder) throws -> ChildProcess {
        let settings = [
            // The tests may run as root, where the sandbox of the browser does not start.
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--user-data-dir=" + folder["profile"],
        ]
        let environment = ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "XDG_CACHE_HOME": folder.path]
        let child = try ChildProcess(
            settings + arguments,
            in: folder,
            label: "chromium",
            environment: environment,
            program: "/usr/bin/chromium"
        )
        try #require(try child.wait() == 0, "\(child.errors)")
        return child
    }
}
