// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

/** The rules a verdict can rest on, in the order they are asked (lync-edge 6.6). */
public enum Rule {
    /** The edge has a valid configuration. */
    EDGE_CONFIGURED("edge configured"),
    /** One end of every exchange is an own domain. */
    OWN_DOMAIN("one end is ours"),
    /** The organisation switch {@code allowFederatedUsers}: the first lock. */
    ORGANISATION_SWITCH("organisation switch"),
    /** The foreign domain is not on the blocked list. */
    BLOCKED_DOMAIN("not blocked"),
    /** How the peer, or the foreign domain, is classified. */
    CLASSIFICATION("who the peer is"),
    /** What a partner behind another protocol can take: messages and presence, from one person to another. */
    PERSON_TO_PERSON("person to person"),
    /** What the provider's network carries: of media, and how many persons. */
    NETWORK_CARRIES("network carries it"),
    /** The connection's first request fixed the type of its traffic. */
    TRAFFIC_TYPE("one type per connection"),
    /** The peer's certificate ties it to the sender's domain. */
    PEER_IDENTITY("certificate fits domain"),
    /** The sender's domain was proven as strongly as the partner's configuration asks. */
    PROOF("domain is proven"),
    /** The external access policy of the own user: the second lock. */
    ACCESS_POLICY("user's access policy"),
    /** How far the sender counts as verified. */
    VERIFICATION("verification level"),
    /** What the recipient agreed to: who may write or watch unasked. */
    CONSENT("recipient's consent"),
    /** Limits of discovered partners, and of partners behind another protocol. */
    SAFEGUARD("safeguards"),
    /** What the address is called on the provider's network, or here. */
    ADDRESS("address on the network"),
    /** Where it goes. */
    ROUTE("route");

    private final String title;

    Rule(String title) {
        this.title = title;
    }

    /** Returns what the rule asks, in a few words for a table. */
    public String title() {
        return title;
    }
}
