// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.Decoration;
import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.api.provider.TlsDemands;
import org.junit.jupiter.api.Test;

/** What a provider says of its gateway. */
abstract class GatewayClauses extends Clauses<GatewayContract> {
    GatewayClauses(GatewayContract vendor) {
        super(vendor);
    }

    private Gateway gateway() {
        Gateway gateway = vendor().provider().gateway();
        Finding.unless(gateway != null, "gateway() returned nothing");
        return gateway;
    }

    @Test
    @Clause(
            rule = "gateway() answers within a second and does no I/O",
            written = GatewayProvider.class,
            remedy = "keep the gateway in a constant")
    void comesAtOnce() {
        Finding.unless(
                vendor().atOnce(provider -> ((GatewayProvider) provider).gateway()) != null,
                "gateway() returned nothing");
    }

    @Test
    @Clause(
            rule = "The gateway is constant",
            written = GatewayProvider.class,
            remedy = "keep the gateway in a constant; what an administrator changes he changes in the configuration")
    void isTheSameEachTime() {
        GatewayProvider provider = vendor().provider();
        Gateway first = provider.gateway();
        Finding.unless(provider.gateway().equals(first), "gateway() said %s, and then another", first);
        Finding.unless(gateway().equals(first), "one object says %s, another something else", first);
    }

    @Test
    @Clause(
            rule = "A provider with a gateway has neither accounts nor settings",
            written = GatewayProvider.class,
            remedy = "declare no settings; what a gateway needs, the keys of every gateway provider can say")
    void hasNoSettings() {
        Finding.unless(
                vendor().described().settings().isEmpty(),
                "it declares %s",
                vendor().described().settings());
        Finding.unless(
                vendor().described().accountSettings().isEmpty(),
                "it declares %s",
                vendor().described().accountSettings());
    }

    @Test
    @Clause(
            rule = "The gateway's certificate names its FQDN",
            written = Gateway.class,
            remedy = "name the gateway by its FQDN: no certificate can be checked against an address")
    void isNamedByItsFqdn() {
        String host = gateway().proxy().host();
        try {
            Finding.unless(DomainName.of(host).value().contains("."), "'%s' is no FQDN", host);
        } catch (IllegalArgumentException wrong) {
            throw new Finding("'" + host + "' is no FQDN: " + wrong.getMessage(), wrong);
        }
    }

    @Test
    @Clause(
            rule = "Cipher suites go by their IANA names",
            written = TlsDemands.class,
            remedy = "write TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 and the like")
    void namesCipherSuitesAsIanaDoes() {
        gateway()
                .tls()
                .cipherSuites()
                .forEach(suite -> Finding.unless(suite.matches("TLS_[A-Za-z0-9_]+"), "'%s' is none", suite));
    }

    @Test
    @Clause(
            rule = "Decorated addresses are at a domain of the provider",
            written = Decoration.class,
            remedy = "add the routing domain to the domains of the description")
    void decoratesAtOneOfItsDomains() {
        gateway()
                .decoration()
                .ifPresent(decoration -> Finding.unless(
                        vendor().described().domains().contains(decoration.routingDomain()),
                        "%s is none of %s",
                        decoration.routingDomain(),
                        vendor().described().domains()));
    }
}
