import SafeText
import Terminal

/// How an application is connected: `h` on the first page.
enum ConnectGuide {
    /// The hook of a Node application with client-certificate-auth.
    static func hook(_ state: DashboardState) -> [SafeText] {
        [
            "import { auditHooks } from './mtlstop-audit.mjs';",
            "const { onAuthenticated, onRejected } = auditHooks('\(SafeText(state.socketPath))');",
            "app.use(clientCertificateAuth(checkAuth, { onAuthenticated, onRejected }));",
        ]
    }

    static func lines(_ state: DashboardState) -> [DocumentLine] {
        let socket = SafeText(state.socketPath)
        var lines = part("Node with client-certificate-auth (y copies it)", hook(state), .input)
        lines += part("", ["the file is integrations/node/mtlstop-audit.mjs"], .text)
        let swift: [SafeText] = [
            "AuditReporter of AuditEvents takes the socket below;",
            "ClientCertificateAuthMiddleware of HummingbirdClientCertificateAuth reports to it",
        ]
        lines += part("Swift, and Hummingbird", swift, .text)
        let proxies: [SafeText] = [
            "syslog or JSON access logs; ready configurations are in integrations/",
            "mtlstop collect --follow /var/log/nginx/access.json",
        ]
        lines += part("Proxies: nginx, HAProxy, Envoy, Traefik, Caddy", proxies, .text)
        let anything: [SafeText] = [
            "{\"event\":\"authenticated\",\"cn\":\"svc-a\",\"path\":\"/x\",\"ip\":\"10.0.0.1\"}",
            "{\"event\":\"rejected\",\"reason\":\"header_missing_or_malformed\"}",
            "each of them  | \(state.sendCommand)",
        ]
        lines += part("Anything else: one JSON object a line", anything, .input)
        let places: [SafeText] = ["socket  \(socket)", "database  \(SafeText(state.databasePath))"]
        return lines + part("Where", places, .text)
    }

    private static func part(_ title: SafeText, _ lines: [SafeText], _ role: Role) -> [DocumentLine] {
        let heading: [DocumentLine] = title.isEmpty ? [] : [.heading(title)]
        return heading + lines.map { DocumentLine([Span($0, role)]) }
    }
}

extension DashboardState {
    /// Sends the hook to the terminal's clipboard.
    mutating func copyHook() -> [Effect] {
        say("the hook for Node was sent to the terminal's clipboard; h shows it")
        return [.copy(ConnectGuide.hook(self))]
    }
}
