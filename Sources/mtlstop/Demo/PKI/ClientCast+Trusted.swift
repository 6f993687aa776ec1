extension ClientCast {
    mutating func addGoodClients() throws {
        let operations = CertificateSpec(commonName: "Ada Example", unit: "Operations").with {
            $0.names = [.email("ada@demo.test")]
        }
        let gateway = CertificateSpec(commonName: "gateway-0031", unit: "Devices").with {
            $0.names = [.dns("gateway-0031.devices.demo.test"), .ip([10, 9, 1, 31])]
        }
        let invoices = ["GET /v1/invoices/8812", "GET /v1/invoices/8811", "GET /v1/invoices?open=1"]
        try add(
            .good,
            Self.workload("svc-billing"),
            .accepted,
            host: 10,
            weight: 36,
            requests: invoices[0],
            invoices[1],
            invoices[2]
        )
        try add(
            .good,
            Self.workload("svc-orders"),
            .accepted,
            host: 11,
            service: 1,
            key: .rsa(bits: 2048),
            weight: 30,
            requests: "POST /v1/orders",
            "POST /v1/orders/bulk"
        )
        try add(
            .good,
            Self.workload("svc-search"),
            .accepted,
            host: 12,
            service: 1,
            weight: 24,
            requests: "GET /v1/search?q=a%20b",
            "GET /v1/search?q=tls"
        )
        try add(
            .good,
            gateway,
            .accepted,
            host: 31,
            service: 2,
            key: .ed25519,
            weight: 24,
            requests: "PUT /v1/readings",
            "PUT /v1/status"
        )
        try add(.good, operations, .accepted, host: 44, key: .p384, weight: 6, requests: "GET /admin/health")
    }

    mutating func addExpiringClients() throws {
        let runner = Self.workload("ci-runner-07", unit: "Build").with {
            $0.validFrom = -88 * Self.day
            $0.validUntil = 2 * Self.day
        }
        let reporter = Self.workload("svc-reports").with {
            $0.validFrom = -29 * Self.day
            $0.validUntil = 6 * Self.hour
        }
        let mailer = Self.workload("svc-mail").with { $0.validUntil = 12 * Self.day }
        try add(
            .expiringSoon,
            runner,
            .accepted,
            host: 13,
            service: 1,
            weight: 12,
            requests: "GET /artifacts/3301",
            "GET /healthz"
        )
        try add(.expiringSoon, reporter, .accepted, host: 14, weight: 15, requests: "GET /v1/reports/daily")
        try add(.expiringSoon, mailer, .accepted, host: 15, service: 2, weight: 6, requests: "POST /v1/mail")
        let payments = Self.workload("svc-payments")
        let old = payments.with {
            $0.validFrom = -362 * Self.day
            $0.validUntil = 3 * Self.day
        }
        let new = payments.with { $0.validFrom = -2 * Self.day }
        try add(.renewed, old, .accepted, host: 16, weight: 9, name: "svc-payments, old", requests: "POST /v1/payments")
        try add(
            .renewed,
            new,
            .accepted,
            host: 17,
            weight: 15,
            name: "svc-payments, new",
            requests: "POST /v1/payments"
        )
    }
}
