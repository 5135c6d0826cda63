-- A Prosody that hosts one domain, with users or as a component whose users the test plays.
run_as_root = true
daemonize = false
pidfile = "${directory}/prosody.pid"
data_path = "${directory}/data"
log = { debug = "*console" }

interfaces = { "127.0.0.1" }
network_settings = { read_timeout = ${silence} }
c2s_ports = { ${clientPort} }
c2s_direct_tls_ports = {}
http_ports = {}
https_ports = {}
s2s_ports = { ${port} }
s2s_direct_tls_ports = { ${directTlsPort} }
component_ports = { ${componentPort} }

-- The name server of the tests knows records, not zones: a name that does not exist says nothing of those below it.
unbound = {
    resolvconf = false,
    forward = "127.0.0.1@${dnsPort}",
    options = {
        ["do-not-query-localhost:"] = "no",
        ["harden-below-nxdomain:"] = "no",
        ["qname-minimisation:"] = "no",
        ["cache-max-ttl:"] = "1",
        ["cache-max-negative-ttl:"] = "1",
    },
}

modules_enabled = { "roster", "tls", "dialback", "saslauth", "disco", "ping", ${modules} }
modules_disabled = { "s2s_auth_dane", ${disabled} }
s2s_require_encryption = ${requireTls}
s2s_secure_auth = ${secureAuth}
use_dane = false
authentication = "internal_plain"
c2s_require_encryption = ${requireTls}

ssl = { key = "${key}", certificate = "${certificate}", cafile = "${anchor}" }

-- One virtual host at least is what it insists on.
VirtualHost "localhost"

${kind} "${domain}"
    component_secret = "secret"
    modules_enabled = { "tls", "dialback", "saslauth", ${modules} }
    ssl = { key = "${key}", certificate = "${certificate}", cafile = "${anchor}" }
