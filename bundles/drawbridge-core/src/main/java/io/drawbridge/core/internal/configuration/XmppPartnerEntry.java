// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.core.internal.policy.TranslatedPartner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One XMPP partner.
 *
 * @param pid where it is configured
 * @param description the administrator's
 * @param partner what is agreed with it
 */
record XmppPartnerEntry(String pid, String description, XmppPartner partner) implements Entry {
    static final String PID = "io.drawbridge.xmpp.partner";

    private static final String DOMAIN = "domain";
    private static final String ADDITIONAL = "additionalDomains";
    private static final String TLS = "tlsNegotiation";
    private static final String SASL = "saslNegotiation";
    private static final String DIALBACK = "supportDialbackNegotiation";

    static Reading read(String pid, Map<String, ?> properties) throws InvalidSetting {
        Settings<XmppPartnerConfig> settings = Settings.read(XmppPartnerConfig.class, pid, properties);
        XmppPartnerConfig config = settings.value();
        Flaws flaws = new Flaws(pid);
        Optional<DomainName> domain =
                flaws.domain(DOMAIN, config.domain().isBlank() ? Kind.instance(pid) : config.domain());
        Optional<HostPort> proxy = flaws.server("proxyFqdn", config.proxyFqdn());
        refuseImpossible(config, flaws);
        // A wrong additional domain leaves the others as they are; a wrong agreement would change what they mean.
        boolean usable = flaws.none();
        Set<DomainName> additional = flaws.domains(ADDITIONAL, config.additionalDomains());
        Optional<Entry> entry = usable
                ? Optional.of(new XmppPartnerEntry(
                        pid, config.description(), partner(domain.orElseThrow(), additional, proxy, config)))
                : Optional.empty();
        boolean asksForDialback = properties.containsKey(DIALBACK) && config.supportDialbackNegotiation();
        return new Reading(entry, flaws.found(), settings.unknownKeys(), remarks(pid, config, asksForDialback));
    }

    private static XmppPartner partner(
            DomainName domain, Set<DomainName> additional, Optional<HostPort> proxy, XmppPartnerConfig config) {
        return new XmppPartner(
                domain,
                additional,
                config.partnerType(),
                proxy,
                config.tlsNegotiation(),
                config.saslNegotiation(),
                config.supportDialbackNegotiation(),
                config.allowUnencrypted(),
                config.enableKeepAlive(),
                config.connectionLimit(),
                config.stanzasPerSecond());
    }

    /** The rows of lync-edge 8.3 and interworking 4.8 by which no stream could ever be authenticated. */
    private static void refuseImpossible(XmppPartnerConfig config, Flaws flaws) {
        if (!config.supportDialbackNegotiation()) {
            if (config.saslNegotiation() == Negotiation.NOT_SUPPORTED) {
                flaws.add(DIALBACK, "false", "is true if " + SASL + "=NotSupported: nothing else proves the domain");
            } else if (config.tlsNegotiation() == Negotiation.NOT_SUPPORTED) {
                flaws.add(DIALBACK, "false", "is true if " + TLS + "=NotSupported: certificates need TLS");
            }
        } else if (config.tlsNegotiation() == Negotiation.NOT_SUPPORTED && !config.allowUnencrypted()) {
            flaws.add(
                    "allowUnencrypted", "false", "is true if " + TLS + "=NotSupported: dialback without TLS needs it");
        }
    }

    /** What is accepted and may not be what was meant (interworking 4.8); dialback is the default, so only if asked for. */
    private static List<InvalidSetting> remarks(String pid, XmppPartnerConfig config, boolean asksForDialback) {
        boolean wantsTls = config.tlsNegotiation() == Negotiation.REQUIRED;
        if (config.saslNegotiation() != Negotiation.NOT_SUPPORTED && !wantsTls) {
            return List.of(new InvalidSetting(
                    pid,
                    SASL,
                    config.saslNegotiation().name(),
                    "needs TLS, but " + TLS + "=" + config.tlsNegotiation() + ": negotiation may fail"));
        }
        return wantsTls && config.saslNegotiation() == Negotiation.REQUIRED && asksForDialback
                ? List.of(new InvalidSetting(
                        pid, DIALBACK, "true", "has no effect: " + SASL + "=REQUIRED leaves nothing for it to prove"))
                : List.of();
    }

    @Override
    public void contradictions(Draft draft, Flaws flaws) {
        draft.objectionToTranslating(partner.domain())
                .ifPresent(rule -> flaws.add(DOMAIN, partner.domain().value(), rule));
        for (DomainName domain : partner.additionalDomains()) {
            objectionToAdding(draft, domain).ifPresent(rule -> flaws.add(ADDITIONAL, domain.value(), rule));
        }
    }

    @Override
    public void enter(Draft draft) {
        if (draft.objectionToTranslating(partner.domain()).isPresent()) {
            return;
        }
        Set<DomainName> additional = new LinkedHashSet<>();
        for (DomainName domain : partner.additionalDomains()) {
            if (objectionToAdding(draft, domain).isEmpty()) {
                additional.add(domain);
            }
        }
        TranslatedPartner translated = TranslatedPartner.of(pid, description, withAdditional(additional));
        draft.translated.put(partner.domain(), translated);
        additional.forEach(domain -> draft.translated.put(domain, translated));
    }

    private XmppPartner withAdditional(Set<DomainName> additional) {
        return new XmppPartner(
                partner.domain(),
                additional,
                partner.type(),
                partner.proxy(),
                partner.tls(),
                partner.sasl(),
                partner.dialback(),
                partner.unencrypted(),
                partner.keepAlive(),
                partner.connections(),
                partner.stanzasPerSecond());
    }

    private Optional<String> objectionToAdding(Draft draft, DomainName domain) {
        return domain.equals(partner.domain())
                ? Optional.of("is the main domain" + Draft.ONE_LIST)
                : draft.objectionToTranslating(domain);
    }
}
