import COpenSSL

extension ClientCast {
    mutating func addUntimelyClients() throws {
        let batch = Self.workload("old-batch-runner", unit: "Batch").with {
            $0.validFrom = -368 * Self.day
            $0.validUntil = -3 * Self.day
        }
        let early = Self.workload("svc-next").with { $0.validFrom = 2 * Self.hour }
        try add(
            .expired,
            batch,
            .untrusted(X509_V_ERR_CERT_HAS_EXPIRED),
            host: 20,
            weight: 3,
            requests: "POST /v1/jobs/claim"
        )
        try add(
            .notYetValid,
            early,
            .untrusted(X509_V_ERR_CERT_NOT_YET_VALID),
            host: 21,
            service: 1,
            weight: 1,
            requests: "GET /v1/orders/991"
        )
        let aged = infrastructure.expiredIntermediate
        let identity = try aged.issue(Self.workload("svc-legacy"), chain: [aged.certificate])
        add(
            .expiredIntermediate,
            identity,
            .untrusted(X509_V_ERR_CERT_HAS_EXPIRED),
            host: 22,
            service: 2,
            weight: 1,
            name: "svc-legacy",
            requests: ["GET /v1/status"]
        )
    }

    mutating func addClientsOfOtherAuthorities() throws {
        let foreign = infrastructure.foreign
        let scanner = CertificateSpec(commonName: "scanner", organization: "Contoso Ltd")
        let alone = try foreign.issue(scanner, chain: [])
        add(
            .wrongAuthority,
            alone,
            .untrusted(X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE),
            host: 66,
            weight: 3,
            name: "scanner",
            requests: ["GET /.env", "GET /admin/export"]
        )
        let staging = CertificateSpec(commonName: "svc-billing", unit: "Staging", organization: "Contoso Ltd")
        let whole = try foreign.issue(staging, chain: [foreign.certificate])
        add(
            .foreignChain,
            whole,
            .untrusted(X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN),
            host: 67,
            weight: 1,
            name: "svc-billing of staging",
            requests: ["GET /v1/invoices/1"]
        )
        let incomplete = try infrastructure.intermediate.issue(Self.workload("svc-stock"), chain: [])
        add(
            .missingIntermediate,
            incomplete,
            .untrusted(X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE),
            host: 23,
            service: 1,
            weight: 1,
            name: "svc-stock",
            requests: ["GET /v1/stock/17"]
        )
        let own = try DemoAuthority(root: CertificateSpec(commonName: "dev-laptop", unit: "Development"))
        let lonely = DemoIdentity(leaf: own.certificate, key: own.key, chain: [])
        add(
            .selfSigned,
            lonely,
            .untrusted(X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT),
            host: 68,
            weight: 2,
            name: "dev-laptop",
            requests: ["GET /v1/invoices"]
        )
    }

    mutating func addClientsWithUnfitCertificates() throws {
        let former = Self.workload("svc-former", unit: "Retired")
        try add(
            .revoked,
            former,
            .untrusted(X509_V_ERR_CERT_REVOKED),
            host: 24,
            weight: 2,
            requests: "GET /v1/invoices/7"
        )
        revokeNewest()
        let web = Self.workload("www").with { $0.role = .server }
        try add(
            .wrongPurpose,
            web,
            .untrusted(X509_V_ERR_INVALID_PURPOSE),
            host: 25,
            service: 1,
            weight: 2,
            requests: "GET /v1/orders"
        )
        let sensor = CertificateSpec(commonName: "sensor-1998", unit: "Devices")
        try add(
            .weakKey,
            sensor,
            .untrusted(X509_V_ERR_EE_KEY_TOO_SMALL),
            host: 32,
            service: 2,
            key: .rsa(bits: 1024),
            weight: 1,
            requests: "PUT /v1/readings"
        )
        let card = CertificateSpec(commonName: "card-terminal-4", unit: "Devices").with {
            $0.hasUnknownCriticalExtension = true
        }
        try add(
            .unknownExtension,
            card,
            .untrusted(X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION),
            host: 33,
            service: 2,
            weight: 1,
            requests: "POST /v1/status"
        )
        add(
            .noCertificate,
            nil,
            .untrusted(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT),
            host: 99,
            weight: 3,
            name: "browser",
            requests: ["GET /admin/export", "GET /"]
        )
    }

    mutating func addClientsThatPolicyStops() throws {
        let acme = CertificateSpec(commonName: Self.deniedName, unit: "Partners")
        try add(.policyDenied, acme, .denied("callback_returned_false"), host: 70, weight: 3, requests: "GET /v2/feed")
        let globex = CertificateSpec(commonName: Self.tenantlessName, unit: "Partners")
        try add(
            .policyThrew,
            globex,
            .denied(Self.tenantMessage),
            host: 71,
            service: 1,
            weight: 2,
            requests: "GET /v2/feed?tenant=9"
        )
    }

    mutating func addHostileClients() throws {
        let foreign = infrastructure.foreign
        let escape = CertificateSpec(commonName: "evil\u{1B}[31mname\u{1B}]0;owned\u{07}", organization: "Contoso Ltd")
        let lines = CertificateSpec(commonName: "svc-billing\n14:02:17 ok   root", organization: "Contoso\r\nLtd")
        for (name, spec, host) in [("escape sequence", escape, UInt8(80)), ("line feed", lines, 81)] {
            let identity = try foreign.issue(spec, chain: [])
            add(
                .hostileNames,
                identity,
                .untrusted(X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE),
                host: host,
                weight: 1,
                name: name,
                requests: ["GET /v1/\u{9B}2J\u{1B}[H"]
            )
        }
        let reversed = CertificateSpec(commonName: "svc-\u{202E}gnillib\u{2066}\u{200B}", unit: "Platform").with {
            $0.names = [.dns("a\u{1B}[2Jb.demo.test"), .uri("spiffe://demo.test/ns/prod/sa/x, DNS:admin")]
        }
        let long = CertificateSpec(
            commonName: String(repeating: "very-", count: 40),
            unit: String(repeating: "Ω", count: 200)
        )
        try add(
            .hostileNames,
            reversed,
            .accepted,
            host: 82,
            service: 1,
            weight: 1,
            name: "bidirectional override",
            requests: "GET /v1/orders/1"
        )
        try add(
            .hostileNames,
            long,
            .accepted,
            host: 83,
            service: 2,
            weight: 1,
            name: "long name",
            requests: "GET /" + String(repeating: "a", count: 600)
        )
    }
}
