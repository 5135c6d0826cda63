// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

/**
 * Why a request passed or did not: one word for every bundle, mapped by each protocol to its own codes. Texts are for
 * people and hold no names, so they may be shown to either side.
 */
public enum Reason {
    /** It may cross. */
    ALLOWED(Fault.NOBODY, "allowed", ""),
    /** No valid configuration of the edge exists yet. */
    NOT_CONFIGURED(
            Fault.CONFIGURATION,
            "the edge is not configured",
            "set sipDomains in io.drawbridge.edge; drawbridge:status shows what was refused there"),
    /** Neither or both ends are own domains. */
    NOT_OUR_DOMAIN(
            Fault.SENDER, "neither end is a domain of this edge", "check the address, or add the domain to sipDomains"),
    /** An own domain arrived as the sender's from outside. */
    OWN_DOMAIN_FROM_OUTSIDE(
            Fault.PEER, "an own domain cannot send from outside", "the peer must not use this organisation's domain"),
    /** The organisation switch is off. */
    FEDERATION_OFF(
            Fault.CONFIGURATION,
            "federation is switched off",
            "config:property-set -p io.drawbridge.edge allowFederatedUsers true"),
    /** The foreign domain is on the blocked list. */
    DOMAIN_BLOCKED(Fault.CONFIGURATION, "the domain is blocked", "drawbridge:domains remove DOMAIN"),
    /** The domain is not on the allowed list and discovery is off. */
    DOMAIN_NOT_ALLOWED(
            Fault.CONFIGURATION,
            "the domain is not allowed and discovery is off",
            "drawbridge:domains allow DOMAIN if it is reached by SIP;"
                    + " if by XMPP, a file etc/io.drawbridge.xmpp.partner-NAME.cfg with domain = DOMAIN"),
    /** The user's access policy has federation off. */
    USER_NOT_ENABLED(
            Fault.CONFIGURATION,
            "the user is not enabled for federation",
            "drawbridge:policies set SCOPE enableFederationAccess=true, for the scope that the rule names"),
    /** The user's access policy has public providers off. */
    USER_NOT_ENABLED_FOR_PUBLIC_CLOUD(
            Fault.CONFIGURATION,
            "the user is not enabled for public providers",
            "drawbridge:policies set SCOPE enablePublicCloudAccess=true, for the scope that the rule names"),
    /** The user's access policy has calls with public providers off. */
    USER_NOT_ENABLED_FOR_PUBLIC_CALLS(
            Fault.CONFIGURATION,
            "the user is not enabled for calls with public providers",
            "drawbridge:policies set SCOPE enablePublicCloudAudioVideoAccess=true,"
                    + " for the scope that the rule names"),
    /** The user's access policy has XMPP partners off. */
    USER_NOT_ENABLED_FOR_XMPP(
            Fault.CONFIGURATION,
            "the user is not enabled for XMPP partners",
            "drawbridge:policies set SCOPE enableXmppAccess=true enableFederationAccess=true,"
                    + " for the scope that the rule names"),
    /** The provider exists but is not enabled. */
    PROVIDER_DISABLED(
            Fault.CONFIGURATION,
            "the provider is not enabled",
            "drawbridge:providers enable ID; drawbridge:providers lists them"),
    /** The provider's network ended. */
    PROVIDER_ENDED(
            Fault.CONFIGURATION,
            "the provider's network has ended",
            "set evenThoughEnded=true for the provider if something else answers in its place"),
    /** The provider's plug-in is not there. */
    PROVIDER_ABSENT(
            Fault.CONFIGURATION, "the provider's plug-in is not running", "drawbridge:providers; install its bundle"),
    /** The own user has no account with the provider. */
    NO_ACCOUNT(
            Fault.CONFIGURATION,
            "the user has no account with the provider",
            "configure io.drawbridge.provider.account for the user"),
    /** The account is not signed in. */
    ACCOUNT_OFFLINE(Fault.PEER, "the account with the provider is not signed in", "drawbridge:accounts"),
    /** The provider's plug-in broke a rule. */
    PROVIDER_FAILED(Fault.VENDOR, "the provider's plug-in failed", "drawbridge:providers; ask its vendor"),
    /** An address has no form on the provider's network. */
    ADDRESS_UNKNOWN_THERE(
            Fault.SENDER,
            "the address has no form on the provider's network",
            "drawbridge:why tells the rule the address breaks"),
    /** The provider's network does not carry what was offered. */
    MEDIA_UNKNOWN_THERE(Fault.SENDER, "the provider's network does not carry what was offered", ""),
    /** The provider's network does not show what goes beside messages; nobody misses it. */
    SIGNAL_UNKNOWN_THERE(Fault.NOBODY, "the provider's network does not show this", ""),
    /** Conversations with the provider's network are between two. */
    TWO_PERSONS_ONLY(Fault.SENDER, "conversations with the provider's network are between two", ""),
    /** The peer's certificate does not tie it to the sender's domain. */
    PEER_NOT_AUTHORIZED(
            Fault.PEER,
            "the certificate does not entitle the peer to send for this domain",
            "compare the certificate's names with the domain and its SRV record"),
    /** The sender's domain was proven less strongly than the partner's configuration asks. */
    PROOF_TOO_WEAK(
            Fault.PEER,
            "the sender's domain was not proven as strongly as agreed",
            "compare the partner's negotiation settings with drawbridge:peers"),
    /** A second type of traffic on one connection. */
    INCOMPATIBLE_TRAFFIC(
            Fault.PEER,
            "another type of traffic was fixed by the connection's first message",
            "the peer must open a connection for each type"),
    /** The foreign domain has no federation record. */
    NO_FEDERATION_RECORD(
            Fault.PEER,
            "the domain has no federation SRV record",
            "ask the partner to publish _sipfederationtls._tcp, or set its proxyFqdn"),
    /** The record's target lies outside the domain. */
    SRV_TARGET_MISMATCH(
            Fault.PEER,
            "the SRV target lies outside the domain",
            "set the partner's proxyFqdn if that host is trusted"),
    /** No name server gave an answer. */
    DNS_FAILED(Fault.CONFIGURATION, "the name servers do not answer", "check servers in io.drawbridge.net.dns"),
    /** The host has no address. */
    HOST_NOT_FOUND(Fault.PEER, "the host has no address record", "check the host name or its A and AAAA records"),
    /** A discovered partner sent faster than allowed. */
    RATE_EXCEEDED(Fault.PEER, "the discovered partner exceeded its message rate", "allow the domain to lift the limit"),
    /** A discovered partner addressed more users than allowed. */
    TOO_MANY_CONTACTS(
            Fault.PEER,
            "the discovered partner addressed too many users",
            "allow or block the domain, or override on the watch list"),
    /** The administrator blocked this peer on the watch list. */
    PEER_BLOCKED(Fault.CONFIGURATION, "the administrator blocked this peer", "remove the override from the watch list"),
    /** A limit on a partner, or on one of its users, is reached. */
    LIMIT_EXCEEDED(
            Fault.PEER,
            "a limit on this partner or sender is exceeded",
            "raise the limit in io.drawbridge.exchange if the partner is trusted"),
    /** The partner's users may only come when the own user added them. */
    UNSOLICITED(
            Fault.SENDER,
            "the recipient has not added the sender",
            "the own user adds the contact, or set another partnerType for the partner"),
    /** The watcher has no right to see the presence. */
    NOT_AUTHORIZED(Fault.SENDER, "there is no right to see this presence", "the watcher asks for it"),
    /** The same was refused a short while ago, so nobody is asked again. */
    REFUSED_LATELY(Fault.SENDER, "the other side refused this a short while ago", "ask again later"),
    /** The link to the other side's protocol is not there. */
    NO_LINK(
            Fault.CONFIGURATION,
            "the other side's protocol is not installed or not running",
            "install the feature of the protocol; drawbridge:status"),
    /** What must not be forgotten could not be written. */
    LEDGER_FAILED(Fault.DRAWBRIDGE, "the ledger cannot be written", "check disk and database of io.drawbridge.ledger"),
    /** No next hop is configured and no embedded home runs. */
    NO_HOME(
            Fault.CONFIGURATION,
            "no home is configured",
            "set nextHop in io.drawbridge.edge or install the home feature"),
    /** No connection to the next server could be made. */
    UNREACHABLE(Fault.PEER, "the next server cannot be reached", "drawbridge:test-partner DOMAIN"),
    /** TLS with the next server failed. */
    TLS_FAILED(Fault.PEER, "TLS with the next server failed", "drawbridge:test-partner DOMAIN"),
    /** The next server's certificate is not trusted or has another name. */
    CERTIFICATE_NOT_TRUSTED(
            Fault.PEER, "the next server's certificate is not trusted", "drawbridge:test-partner DOMAIN"),
    /** The next server did not answer in time. */
    TIMED_OUT(Fault.PEER, "the next server did not answer in time", "drawbridge:peers"),
    /** The connection was lost before an answer and no other server is left. */
    CONNECTION_LOST(Fault.PEER, "the connection was lost before an answer", "drawbridge:peers"),
    /** This kind of request never crosses. */
    NOT_FOR_FEDERATION(Fault.SENDER, "this kind of request does not cross a federation edge", ""),
    /** The message is longer than the other side takes. */
    CONTENT_TOO_LARGE(Fault.SENDER, "the message is longer than the other side takes", ""),
    /** Only messages and presence between two persons cross to this partner. */
    NOT_PERSON_TO_PERSON(Fault.SENDER, "only messages and presence between persons cross to this partner", ""),
    /** The request is malformed. */
    MALFORMED(Fault.SENDER, "the request is malformed", ""),
    /** The request went in a circle. */
    LOOP(Fault.CONFIGURATION, "the request went in a circle", "check that the next hop does not send own domains back"),
    /** The route set of the dialog is not one of this edge. */
    ROUTE_SET_INVALID(Fault.SENDER, "the route set is not valid here", ""),
    /** The edge is at one of its limits. */
    OVERLOADED(Fault.DRAWBRIDGE, "a limit of the edge is reached", "drawbridge:status"),
    /** The edge is going down and takes nothing new. */
    SHUTTING_DOWN(Fault.DRAWBRIDGE, "the edge is shutting down", "try again later"),
    /** The other side answered with a refusal of its own. */
    ANSWERED_BY_PEER(Fault.NOBODY, "answered by the other side", ""),
    /** The sender took the request back. */
    CANCELLED(Fault.SENDER, "the sender cancelled", ""),
    /** Something went wrong in the edge itself. */
    INTERNAL(Fault.DRAWBRIDGE, "an error inside the edge", "see the log");

    private final Fault fault;
    private final String text;
    private final String remedy;

    Reason(Fault fault, String text, String remedy) {
        this.fault = fault;
        this.text = text;
        this.remedy = remedy;
    }

    /** Returns whose fault it is. */
    public Fault fault() {
        return fault;
    }

    /** Returns what happened, as the end of a sentence. */
    public String text() {
        return text;
    }

    /** Returns what an administrator can do about it; empty if there is nothing to do. */
    public String remedy() {
        return remedy;
    }

    /** Whose fault a refusal is. */
    public enum Fault {
        /** Nobody's. */
        NOBODY("nobody"),
        /** The sender's, or its client's. */
        SENDER("the sender's side"),
        /** The peer's: its server, its DNS, its certificate. */
        PEER("the partner's side"),
        /** A plug-in's, which its vendor mends. */
        VENDOR("the plug-in's vendor"),
        /** This appliance's configuration. */
        CONFIGURATION("this appliance's configuration"),
        /** This appliance's. */
        DRAWBRIDGE("this appliance");

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        /** Returns whose it is, for people. */
        public String text() {
            return text;
        }
    }
}
