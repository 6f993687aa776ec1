import CertCore
import SafeText

/// The style of the page: calm on screens of both kinds, and made for paper.
enum HTMLStyle {
    /// The whole style; only our own words and digits go into it.
    static func text(mark: String, created: String) -> String {
        colors + page + tables + charts + closing + print(mark: mark, created: created)
    }

    /// What the policy in the head lets pass: the base64 SHA-256 of the style.
    static func digest(of style: String) -> String {
        var writer = JSONWriter()
        writer.value(base64: Fingerprint.sha256(of: Array(style.utf8)).bytes)
        return String(writer.string.dropFirst().dropLast())
    }

    private static let colors = """
        :root{color-scheme:light dark;--bg:#fdfdfc;--ink:#1d2733;--soft:#5c6875;--rule:#dfe3e8;--band:#f4f6f8;
        --link:#245a8d;--ok:#4a7fae;--bad:#b4453a;--warn:#9a6a12;--okbg:#e9f1f7;--badbg:#fae9e6;--warnbg:#f8f0df}
        @media (prefers-color-scheme:dark){:root{--bg:#14181d;--ink:#dde3ea;--soft:#96a2af;--rule:#2c343d;
        --band:#1b2128;--link:#86b8e6;--ok:#6fa3d0;--bad:#e0766a;--warn:#d7aa55;--okbg:#1c2b38;--badbg:#3a211e;
        --warnbg:#352c18}}

        """

    private static let page = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
        body{margin:0 auto;max-width:74rem;padding:3rem 2.5rem 4rem;background:var(--bg);color:var(--ink);
        font:15px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans","Liberation Sans",sans-serif;
        font-variant-numeric:tabular-nums}
        h1{margin:0;font-size:2.1rem;line-height:1.2;font-weight:600;letter-spacing:-.015em}
        h2{margin:0 0 .35rem;font-size:1.3rem;font-weight:600;letter-spacing:-.005em}
        h2 .no{color:var(--soft);font-weight:400;margin-right:.35em}
        h3{margin:1.8rem 0 .5rem;font-size:1rem;font-weight:600}
        a{color:var(--link);text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}
        p{margin:.5rem 0}
        .period{margin:.4rem 0 0;color:var(--soft);font-size:1.05rem}
        .cover{border-bottom:1px solid var(--rule);padding-bottom:2rem}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1px;margin:2rem 0;
        background:var(--rule);border:1px solid var(--rule);border-radius:6px;overflow:hidden}
        .figures div{background:var(--bg);padding:1rem 1.2rem}
        .figures dt{color:var(--soft);font-size:.85rem}
        .figures dd{margin:.1rem 0 0;font-size:1.7rem;font-weight:600;line-height:1.25}
        .figures small{display:block;font-size:.8rem;font-weight:400;color:var(--soft)}
        .figures .bad dd{color:var(--bad)}.figures .warn dd{color:var(--warn)}
        .figures small,.figures .bad small,.figures .warn small{color:var(--soft)}
        nav ol{columns:3;column-gap:2rem;margin:0;padding:0 0 0 1.6rem;color:var(--soft)}
        nav li{break-inside:avoid;padding:.1rem 0}
        section{padding-top:2.6rem}
        .lead{max-width:50rem;margin:0 0 1.1rem;color:var(--soft)}
        pre{margin:.4rem 0 1rem;padding:.7rem 1rem;background:var(--band);border-radius:4px;white-space:pre-wrap;
        overflow-wrap:anywhere}
        code{font:.86em/1.45 ui-monospace,"SF Mono","Noto Sans Mono","Liberation Mono",monospace;
        overflow-wrap:anywhere}
        bdi{overflow-wrap:break-word}
        bdi.long,code bdi{overflow-wrap:anywhere}
        bdi.long{display:inline-block;max-width:22rem}code bdi.long{display:inline}
        bdi.escaped,bdi.long.escaped{background:var(--warnbg);border-radius:2px}
        td code{font-size:.8em}

        """

    private static let tables = """
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.45}
        th,td{padding:.38rem .8rem .38rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
        th:last-child,td:last-child{padding-right:.2rem}
        thead th{color:var(--soft);font-weight:500;font-size:.8rem;vertical-align:bottom;
        border-bottom:1px solid var(--soft)}
        .n{text-align:right;white-space:nowrap}
        td time{white-space:nowrap}
        tr:target td{background:var(--warnbg)}
        tr.total td{font-weight:600;border-top:1px solid var(--soft);border-bottom:3px double var(--soft)}
        table.small{width:auto;min-width:28rem}
        .facts{width:auto;min-width:32rem;font-size:.92rem}
        .facts th{width:15rem;font-weight:400;color:var(--soft)}
        .none{color:var(--soft);font-style:italic}
        .nil{color:var(--soft)}
        .cut{margin-top:.7rem;padding:.5rem .8rem;border-left:3px solid var(--warn);background:var(--warnbg);
        font-size:.88rem}
        .mark{display:inline-block;padding:0 .5em;border-radius:3px;font-size:.95em}
        .mark.good{background:var(--okbg);color:var(--ok)}.mark.bad{background:var(--badbg);color:var(--bad)}
        .mark.warn{background:var(--warnbg);color:var(--warn)}.mark.plain{background:var(--band);color:var(--soft)}

        """

    private static let charts = """
        figure{margin:1.4rem 0 1.6rem}
        figcaption{margin-bottom:.5rem;color:var(--soft);font-size:.88rem}
        svg{display:block;width:100%;height:auto;max-width:62rem}
        svg text{fill:var(--soft);font-size:11px}
        svg .name{fill:var(--ink);font-size:12px}
        svg .e{text-anchor:end}svg .m{text-anchor:middle}
        svg .axis{stroke:var(--rule);stroke-width:1}
        svg .ok{fill:var(--ok)}svg .bad{fill:var(--bad)}svg .warn{fill:var(--warn)}

        """

    private static let closing = """
        .exceptions{height:9rem;border:1px solid var(--rule);border-radius:4px;padding:.5rem .8rem}
        .exceptions span,.signatures span{color:var(--soft);font-size:.8rem}
        .signatures{display:grid;grid-template-columns:repeat(3,1fr);gap:2.5rem;margin-top:1.5rem}
        .signatures div{display:flex;flex-direction:column}
        .signatures span{margin-top:3.2rem;padding-top:.3rem;border-top:1px solid var(--soft)}
        footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--rule);color:var(--soft);font-size:.85rem}
        @media screen and (max-width:48rem){figure{overflow-x:auto}svg{min-width:40rem}
        body{padding:1.5rem 1rem}nav ol{columns:1}.facts{min-width:0;width:100%}
        .facts th{width:40%}.signatures{grid-template-columns:1fr;gap:1rem}}

        """

    private static func print(mark: String, created: String) -> String {
        """
        @page{size:A4 landscape;margin:16mm 14mm 18mm;
        @bottom-left{content:"mtlstop audit report \(created), mark \(mark)";font:8pt sans-serif;color:#5c6875}
        @bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#5c6875}}
        @media print{:root{color-scheme:light;--bg:#fff;--ink:#111;--soft:#4b5560;--rule:#cfd4da;--band:#f4f6f8;
        --link:#111;--ok:#3d6f9c;--bad:#a33a30;--warn:#7d5508;--okbg:#eef3f7;--badbg:#f9eae7;--warnbg:#f7f0e2}
        body{max-width:none;padding:0;font-size:10pt}
        h1{font-size:22pt}h2,h3{break-after:avoid}.lead{break-after:avoid}
        thead{display:table-header-group}tr,figure,.signatures,.exceptions,.figures{break-inside:avoid}
        table{font-size:8.5pt}th,td{padding:.22rem .7rem .22rem 0}.scroll{overflow:visible}section{padding-top:16pt}
        #rejections,#certificates,#review{break-before:page}
        svg{max-width:180mm}.exceptions{height:6rem}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        footer{display:none}}

        """
    }
}

extension HTMLText {
    /// Appends a style made of our own words.
    mutating func style(_ text: String) {
        // Nothing in it closes the element: it holds no text from outside.
        for byte in text.utf8 where byte != UInt8(ascii: "<") { append(byte) }
    }
}
