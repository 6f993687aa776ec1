extension CertificateSource {
    /// AWS Application Load Balancer in passthrough mode; it does not verify.
    public static let awsALB = CertificateSource(
        "aws-alb",
        "x-amzn-mtls-clientcert",
        .urlPEMAWS,
        verifies: .no,
        checksValidity: true
    )
    /// AWS Application Load Balancer in verify mode.
    public static let awsALBVerify = CertificateSource(
        "aws-alb-verify",
        "x-amzn-mtls-clientcert-leaf",
        .urlPEMAWS,
        verifies: .yes
    )
    /// Envoy and Istio.
    public static let envoy = CertificateSource("envoy", "x-forwarded-client-cert", .xfcc, verifies: .depends)
    /// Cloudflare's forwarded certificate, with the verdicts of its managed transform where they are switched on.
    public static let cloudflare = CertificateSource(
        "cloudflare",
        "cf-client-cert-der-base64",
        .base64DER,
        verifies: .depends,
        verdicts: [
            .init(header: "cf-cert-presented", value: "true", isRequired: false),
            .init(header: "cf-cert-verified", value: "true", isRequired: false),
            .init(header: "cf-cert-revoked", value: "false", isRequired: false),
        ]
    )
    /// Cloudflare with rules that write the headers of RFC 9440; filled whatever the verification said.
    public static let cloudflareRFC9440 = CertificateSource(
        "cloudflare-rfc9440",
        "client-cert",
        .rfc9440,
        verifies: .no,
        chainHeader: "client-cert-chain",
        checksValidity: true
    )
    /// Traefik's PassTLSClientCert with `pem: true`.
    public static let traefik = CertificateSource(
        "traefik",
        "x-forwarded-tls-client-cert",
        .base64DER,
        verifies: .depends,
        listsChainInLeaf: true
    )
    /// Azure App Service; it does not verify.
    public static let azureAppService = CertificateSource(
        "azure-app-service",
        "x-arr-clientcert",
        .base64DER,
        verifies: .no,
        checksValidity: true
    )
    /// Azure Container Apps; it does not verify.
    public static let azureContainerApps = CertificateSource(
        "azure-container-apps",
        "x-forwarded-client-cert",
        .xfcc,
        verifies: .no,
        checksValidity: true
    )
    /// Azure Application Gateway with rewrite rules.
    public static let azureAppGateway = CertificateSource(
        "azure-app-gateway",
        "x-client-cert",
        .pemSpaces,
        verifies: .yes,
        verdicts: [.init(header: "x-client-cert-verify", value: "SUCCESS", isRequired: true)]
    )
    /// nginx with `$ssl_client_escaped_cert` and `$ssl_client_verify`.
    public static let nginx = CertificateSource(
        "nginx",
        "x-ssl-client-cert",
        .urlPEM,
        verifies: .yes,
        verdicts: [.init(header: "x-ssl-client-verify", value: "SUCCESS", isRequired: true)]
    )
    /// The ingress-nginx controller of Kubernetes.
    public static let ingressNginx = CertificateSource(
        "ingress-nginx",
        "ssl-client-cert",
        .urlPEM,
        verifies: .yes,
        verdicts: [.init(header: "ssl-client-verify", value: "SUCCESS", isRequired: true)]
    )
    /// HAProxy with `ssl_c_der,base64`; its verify number is 0 also when no certificate came, so `ssl_c_used` is needed.
    public static let haproxy = CertificateSource(
        "haproxy",
        "x-ssl-client-der",
        .base64DER,
        verifies: .yes,
        verdicts: [
            .init(header: "x-ssl-client-used", value: "1", isRequired: true),
            .init(header: "x-ssl-client-verify", value: "0", isRequired: true),
        ]
    )
    /// Apache with `SSL_CLIENT_CERT` and `SSL_CLIENT_VERIFY`.
    public static let apache = CertificateSource(
        "apache",
        "x-ssl-client-cert",
        .pemSpaces,
        verifies: .yes,
        verdicts: [.init(header: "x-ssl-client-verify", value: "SUCCESS", isRequired: true)]
    )
    /// Caddy with `{http.request.tls.client.certificate_der_base64}`.
    public static let caddy = CertificateSource("caddy", "x-ssl-client-der", .base64DER, verifies: .depends)
    /// Google Cloud's load balancer with `{client_cert_leaf}` and `{client_cert_chain}`.
    public static let gcp = CertificateSource(
        "gcp",
        "client-cert",
        .rfc9440,
        verifies: .yes,
        chainHeader: "client-cert-chain",
        verdicts: [.init(header: "x-client-cert-chain-verified", value: "true", isRequired: false)]
    )
    /// CloudFront's viewer certificate.
    public static let cloudfront = CertificateSource(
        "cloudfront",
        "cloudfront-viewer-cert-pem",
        .urlPEM,
        verifies: .depends
    )
    /// Kong's tls-metadata-headers plugin.
    public static let kong = CertificateSource("kong", "x-client-cert", .urlPEM, verifies: .depends)
    /// The router of OpenShift.
    public static let openshift = CertificateSource(
        "openshift",
        "x-ssl-client-der",
        .base64DER,
        verifies: .yes,
        verdicts: [.init(header: "x-ssl-client-verify", value: "0", isRequired: true)]
    )

    /// All presets.
    public static let all: [CertificateSource] = [
        awsALB, awsALBVerify, envoy, cloudflare, cloudflareRFC9440, traefik, azureAppService, azureContainerApps,
        azureAppGateway, nginx, ingressNginx, haproxy, apache, caddy, gcp, cloudfront, kong, openshift,
    ]
}
