-- Routes stanzas between a component and streams of servers over TLS with SASL EXTERNAL, tuned: the yardstick of the
-- appliance's own streams.
run_as_root = true
daemonize = false
pidfile = "${directory}/prosody.pid"
data_path = "${directory}/data"
log = { warn = "*console" }

gc = { mode = "generational" }

-- Without, each small write waits for the acknowledgement of the one before.
network_settings = { nagle = false }

interfaces = { "127.0.0.1" }
c2s_ports = {}
c2s_direct_tls_ports = {}
http_ports = {}
https_ports = {}
s2s_ports = { ${port} }
s2s_direct_tls_ports = {}
component_ports = { ${componentPort} }

unbound = {
    resolvconf = false,
    forward = "127.0.0.1@${dnsPort}",
    options = {
        ["do-not-query-localhost:"] = "no",
        ["harden-below-nxdomain:"] = "no",
        ["qname-minimisation:"] = "no",
    },
}

modules_enabled = { "tls", "saslauth" }
modules_disabled = { "s2s_auth_dane", "presence", "message", "iq", "offline", "c2s" }
s2s_require_encryption = true
s2s_secure_auth = true
use_dane = false

ssl = { key = "${key}", certificate = "${certificate}", cafile = "${anchor}" }

-- One virtual host at least is what it insists on.
VirtualHost "localhost"

Component "${domain}"
    component_secret = "${secret}"
    modules_enabled = { "tls", "saslauth" }
    ssl = { key = "${key}", certificate = "${certificate}", cafile = "${anchor}" }
