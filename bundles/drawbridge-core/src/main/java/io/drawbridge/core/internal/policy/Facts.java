// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;

/** The facts that depend on no configuration value, made once. */
final class Facts {
    static final RuleResult CONFIGURED = passed(Rule.EDGE_CONFIGURED, "sipDomains is set (io.drawbridge.edge)");
    static final RuleResult NOT_CONFIGURED = failed(Rule.EDGE_CONFIGURED, "no own domain (io.drawbridge.edge)");

    static final RuleResult BY_DEFAULT_ROUTE =
            passed(Rule.CLASSIFICATION, "default routing: everybody outside is behind one server (io.drawbridge.edge)");
    static final RuleResult DISCOVERED = passed(
            Rule.CLASSIFICATION, "discovered partner: on no list, enablePartnerDiscovery=true (io.drawbridge.edge)");
    static final RuleResult UNKNOWN =
            failed(Rule.CLASSIFICATION, "on no list, enablePartnerDiscovery=false (io.drawbridge.edge)");
    static final RuleResult RECORD_WANTED = failed(Rule.CLASSIFICATION, "the SRV record is not known yet");

    static final RuleResult NO_PARTNER = failed(
            Rule.CLASSIFICATION, "neither an XMPP partner (io.drawbridge.xmpp.partner) nor a provider of this link");
    static final RuleResult PERSON_TO_PERSON =
            passed(Rule.PERSON_TO_PERSON, "a message or presence, from one person to another");
    static final RuleResult NO_PERSON = failed(Rule.PERSON_TO_PERSON, "one end is a domain, not a person");
    static final RuleResult NEITHER_MESSAGE_NOR_PRESENCE =
            failed(Rule.PERSON_TO_PERSON, "neither a message nor presence");

    static final RuleResult CARRIED = passed(Rule.NETWORK_CARRIES, "text and presence, and what its capabilities say");

    static final RuleResult FIRST_ON_CONNECTION = passed(Rule.TRAFFIC_TYPE, "the first request fixes the type");
    static final RuleResult SAME_TYPE = passed(Rule.TRAFFIC_TYPE, "of the type the first request fixed");

    static final RuleResult NAMES_DOMAIN = passed(Rule.PEER_IDENTITY, "the certificate names the domain");
    static final RuleResult NAMES_SERVER = passed(Rule.PEER_IDENTITY, "the certificate names the configured server");
    static final RuleResult NAMES_TARGET =
            passed(Rule.PEER_IDENTITY, "the certificate names the SRV target, which lies within the domain");
    static final RuleResult PROVIDER_OF_DOMAIN =
            passed(Rule.PEER_IDENTITY, "the domain's SRV record leads to the provider");
    static final RuleResult PROVIDER_OF_OURS =
            passed(Rule.PEER_IDENTITY, "the provider hosts users of this domain (enabledSharedAddressSpace)");
    static final RuleResult ADDRESS_RECORD_WANTED =
            failed(Rule.PEER_IDENTITY, "the SRV record that ties the certificate to the domain is not known yet");
    static final RuleResult NO_CERTIFICATE = failed(Rule.PEER_IDENTITY, "the peer showed no certificate");

    static final RuleResult LEFT_TO_HOME =
            passed(Rule.ACCESS_POLICY, "left to the home, which applies its own (honourUserData=true)");
    static final RuleResult STAMPED_FEDERATION = passed(Rule.ACCESS_POLICY, "the home's stamp says ms-federation=true");
    static final RuleResult STAMPED_NO_FEDERATION =
            failed(Rule.ACCESS_POLICY, "the home's stamp lacks ms-federation=true");
    static final RuleResult STAMPED_PUBLIC_CLOUD =
            passed(Rule.ACCESS_POLICY, "the home's stamp says ms-publiccloud=true");
    static final RuleResult STAMPED_NO_PUBLIC_CLOUD =
            failed(Rule.ACCESS_POLICY, "the home's stamp lacks ms-publiccloud=true");

    static final RuleResult MARKED_OUTGOING =
            passed(Rule.VERIFICATION, "markSourceVerifiableOnOutgoingMessages=true (io.drawbridge.edge)");
    static final RuleResult UNMARKED_OUTGOING =
            passed(Rule.VERIFICATION, "markSourceVerifiableOnOutgoingMessages=false (io.drawbridge.edge)");

    static final RuleResult TO_SERVER = passed(Rule.ROUTE, "to the configured server");
    static final RuleResult TO_GATEWAY = passed(Rule.ROUTE, "to the provider's gateway");
    static final RuleResult TO_SRV_TARGET = passed(Rule.ROUTE, "to the servers of the SRV record");

    static final RuleResult TO_XMPP = passed(Rule.ROUTE, "to the XMPP link, which finds the partner's server");

    static final RuleResult TO_PROVIDER = passed(Rule.ROUTE, "to the provider's link");

    private static final RuleResult ALWAYS_VERIFIED = passed(Rule.VERIFICATION, "verified: AlwaysVerifiable");
    private static final RuleResult NEVER_VERIFIED = passed(Rule.VERIFICATION, "not verified: AlwaysUnverifiable");
    private static final RuleResult VERIFIED_BY_SOURCE =
            passed(Rule.VERIFICATION, "verified: UseSourceVerification, and the peer marked the sender so");
    private static final RuleResult NOT_VERIFIED_BY_SOURCE =
            passed(Rule.VERIFICATION, "not verified: UseSourceVerification, and the peer did not mark the sender so");

    private Facts() {}

    static RuleResult passed(Rule rule, String detail) {
        return new RuleResult(rule, true, detail);
    }

    static RuleResult failed(Rule rule, String detail) {
        return new RuleResult(rule, false, detail);
    }

    static RuleResult verification(VerificationLevel level, boolean verified) {
        return switch (level) {
            case ALWAYS_VERIFIABLE -> ALWAYS_VERIFIED;
            case ALWAYS_UNVERIFIABLE -> NEVER_VERIFIED;
            case USE_SOURCE_VERIFICATION -> verified ? VERIFIED_BY_SOURCE : NOT_VERIFIED_BY_SOURCE;
        };
    }
}
