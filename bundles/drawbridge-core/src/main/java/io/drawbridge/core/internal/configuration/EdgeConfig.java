// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.policy.NameVerification;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the edge as a whole; keys that Lync has carry the name of its parameter (lync-edge 16.1). */
@ObjectClassDefinition(
        pid = EdgeEntry.PID,
        name = "Drawbridge edge",
        description = "Own domains, next hop, and the switches that hold for the whole organisation")
@interface EdgeConfig {
    @AttributeDefinition(
            name = "Own SIP domains",
            description =
                    "Domains behind the @ of the organisation's own users. Without one the edge lets nothing pass.")
    String[] sipDomains() default {};

    @AttributeDefinition(
            name = "Next hop",
            description =
                    "Host and port of the home, where everything for own users goes; port 5061 if none is stated. "
                            + "Empty: the embedded home.")
    String nextHop() default "";

    @AttributeDefinition(
            name = "Next hop names",
            description = "Host names of which a peer on the inside must prove one by its certificate. The next hop's "
                    + "own name counts without being listed; required if the next hop is an IP address.")
    String[] nextHopNames() default {};

    @AttributeDefinition(
            name = "Honour the home's user data",
            description = "The next hop applies its users' policies and stamps outgoing requests with ms-user-data. "
                    + "True: the stamp replaces the access policies of this edge; requests without a stamp are still "
                    + "judged by them.")
    boolean honourUserData() default false;

    @AttributeDefinition(
            name = "Allow federated users",
            description = "The organisation switch: false lets no federation pass, in either direction.")
    boolean allowFederatedUsers() default false;

    @AttributeDefinition(
            name = "Allow outside users",
            description = "The organisation switch for own users who sign in from outside; the user's access policy "
                    + "must allow it too.")
    boolean allowOutsideUsers() default true;

    @AttributeDefinition(
            name = "Routing method",
            description = "UseDnsSrvRouting: partner servers and SRV records. UseDefaultRouting: everything goes to "
                    + "defaultRouteFqdn, and no provider may be configured.")
    RoutingMethod routingMethod() default RoutingMethod.USE_DNS_SRV_ROUTING;

    @AttributeDefinition(
            name = "Enable partner discovery",
            description = "Domains that are on no list may be found by SRV; limits apply to them. Only with "
                    + "UseDnsSrvRouting.")
    boolean enablePartnerDiscovery() default false;

    @AttributeDefinition(
            name = "Verification level of discovered partners",
            description = "How far a discovered partner's word about its own users is taken.")
    VerificationLevel discoveredPartnerVerificationLevel() default VerificationLevel.USE_SOURCE_VERIFICATION;

    @AttributeDefinition(
            name = "Name verification of discovered partners",
            description = "Which name in a discovered partner's certificate must fit. Pinned needs an allowed domain.")
    NameVerification discoveredPartnerNameVerification() default NameVerification.EITHER;

    @AttributeDefinition(
            name = "Default route",
            description = "FQDN, and port if not 5061, of the one server of UseDefaultRouting.")
    String defaultRouteFqdn() default "";

    @AttributeDefinition(
            name = "Default route is a public provider",
            description = "True: traffic over the default route counts as public IM, so users need "
                    + "enablePublicCloudAccess instead of enableFederationAccess.")
    boolean isPublicProvider() default false;

    @AttributeDefinition(
            name = "Verification level of the default route",
            description = "How far the default route's word about its users is taken.")
    VerificationLevel verificationLevel() default VerificationLevel.USE_SOURCE_VERIFICATION;

    @AttributeDefinition(
            name = "Mark source verifiable on outgoing messages",
            description = "Own messages claim a verified sender; false marks all of them unverified.")
    boolean markSourceVerifiableOnOutgoingMessages() default true;

    @AttributeDefinition(
            name = "Enable archiving disclaimer",
            description = "Messages to partners carry a notice that conversations are archived here.")
    boolean enableArchivingDisclaimer() default false;

    @AttributeDefinition(
            name = "Outgoing TLS connections per partner",
            description = "How many connections to one federated partner may be open in parallel.",
            min = "1",
            max = "4")
    int outgoingTlsCountForFederatedPartners() default 4;

    @AttributeDefinition(
            name = "Diagnostics outside",
            description = "Refusals sent outside say why, as ms-diagnostics-public. Inside they always do.")
    boolean diagnosticsOutside() default false;

    @AttributeDefinition(
            name = "Rate of discovered partners",
            description = "Messages per second that one discovered partner may send; more are refused.",
            min = "1",
            max = "100000")
    int discoveredPartnerStandardRate() default 20;

    @AttributeDefinition(
            name = "Limit contacts of discovered partners",
            description = "Guards against enumeration of users, by maxContactsPerDiscoveredPartner.")
    boolean enableDiscoveredPartnerContactsLimit() default true;

    @AttributeDefinition(
            name = "Contacts of a discovered partner",
            description = "Distinct own users, existing or not, that one discovered partner may address. Those "
                    + "already addressed stay reachable.",
            min = "1",
            max = "100000")
    int maxContactsPerDiscoveredPartner() default 1000;

    @AttributeDefinition(
            name = "Report period of discovered partners (minutes)",
            description = "How often the log gets a summary of the discovered partners.",
            min = "1",
            max = "10080")
    int discoveredPartnerReportPeriodMinutes() default 60;

    @AttributeDefinition(
            name = "Accepted certificates stored",
            description = "Discovered partners, by certificate, whose counts are kept; bounds the memory of the watch "
                    + "list. When it is full, those with the least to forget make room.",
            min = "10",
            max = "100000")
    int maxAcceptedCertificatesStored() default 1000;

    @AttributeDefinition(
            name = "Certificates deleted (percent)",
            description = "How much of the watch list makes room at once when it is full.",
            min = "1",
            max = "100")
    int certificatesDeletedPercentage() default 20;

    /** How the server for a foreign domain is found. */
    enum RoutingMethod {
        /** Partner servers, providers, SRV records. */
        USE_DNS_SRV_ROUTING,
        /** One server for everything. */
        USE_DEFAULT_ROUTING
    }
}
