// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code io.drawbridge.sip.gateway}. */
@ObjectClassDefinition(
        pid = GatewayConfig.PID,
        name = "Drawbridge SIP user agent of the gateway",
        description = "How the gateway speaks SIP with the home for people of other protocols. The defaults suit the "
                + "embedded home, standard SIP servers, and Lync, which is recognised by what its users send.")
public @interface GatewayConfig {
    /** The PID. */
    String PID = "io.drawbridge.sip.gateway";

    @AttributeDefinition(
            name = "Mode of messages",
            description =
                    "PAGER sends each instant message as a request of its own (RFC 3428). SESSION opens a session "
                            + "first, which Lync asks for. MSRP sends them over a connection of their own (RFC 4975), for "
                            + "which a listener for msrp on the inside is needed. AUTO begins with PAGER and remembers for each user what they use "
                            + "and what they refuse.")
    MessageMode messageMode() default MessageMode.AUTO;

    @AttributeDefinition(
            name = "Largest message outside a session",
            description =
                    "Octets of a whole MESSAGE request to a next hop; a larger one is refused as RFC 3428 section 8 "
                            + "asks, since it may go on over UDP. Raise it if the home reaches its clients by TCP or TLS only. "
                            + "The embedded home does, and has no such limit.",
            min = "500",
            max = "65536")
    int maxPagerBytes() default 1300;

    @AttributeDefinition(
            name = "Messages outside a session as chat",
            description =
                    "Whether a message outside a session is shown to people of other protocols as a line of a talk. "
                            + "If false, it stands alone like a letter (RFC 7572 section 4).")
    boolean pagerMessagesAsChat() default true;

    @AttributeDefinition(
            name = "Prefer 4xx answers",
            description =
                    "Whether a refusal that concerns a user as a whole is answered 4xx instead of 6xx. A 6xx ends "
                            + "every fork of the request and is shown by some clients as lasting.")
    boolean prefer4xx() default true;

    @AttributeDefinition(
            name = "Idle time of a session",
            description = "Seconds without a message until the gateway ends a session; the next message opens another.",
            min = "30",
            max = "86400")
    int sessionIdleSeconds() default 600;

    @AttributeDefinition(
            name = "Answer time of a session",
            description =
                    "Seconds a user of the home has to accept a session; the messages that wait are then refused.",
            min = "1",
            max = "30")
    int sessionAnswerSeconds() default 30;

    @AttributeDefinition(
            name = "Largest message in a session by MSRP",
            description = "Octets of a whole message that users of the home may send; a larger one is answered 413.",
            min = "1000",
            max = "1000000")
    int maxSessionMessageBytes() default 32_768;

    @AttributeDefinition(
            name = "Refresh interval of a session",
            description =
                    "Seconds a session is to live without a refresh (RFC 4028), so that one whose other side is lost "
                            + "does not stay.",
            min = "90",
            max = "86400")
    int sessionRefreshSeconds() default 1800;

    @AttributeDefinition(
            name = "Life of a watch",
            description =
                    "Seconds a subscription to the presence of a user of the home is asked for; it is refreshed at "
                            + "85 percent.",
            min = "60",
            max = "86400")
    int watchSeconds() default 3600;

    @AttributeDefinition(
            name = "Adding is consent",
            description =
                    "Whether a user of the home who adds a contact thereby answers that contact's question whether "
                            + "it may see the user. SIP has no answer of its own: who watches is told by watcher information "
                            + "(RFC 3857), and the home's own rules decide. If false, only they do.")
    boolean addingIsConsent() default true;

    @AttributeDefinition(
            name = "Do not disturb in Lync",
            description = "Whether Lync shows a person outside who is not to be disturbed as such; it then holds their "
                    + "calls and messages back, which XMPP does not ask for. If false, they are shown as busy.")
    boolean doNotDisturbInLync() default false;

    @AttributeDefinition(
            name = "Least life of a subscription",
            description = "Seconds; a subscription for less is answered 423 (RFC 6665 section 4.2.1.1).",
            min = "1",
            max = "3600")
    int minSubscriptionSeconds() default 60;

    @AttributeDefinition(
            name = "Largest life of a subscription",
            description = "Seconds the home's users get at most for a subscription to somebody's presence.",
            min = "60",
            max = "86400")
    int maxSubscriptionSeconds() default 28_800;

    @AttributeDefinition(
            name = "Dialogs",
            description = "Most sessions, subscriptions and watches at a time, each; more are refused with 503.",
            min = "10",
            max = "1000000")
    int maxDialogs() default 50_000;

    @AttributeDefinition(
            name = "Subscriptions of one watcher",
            description = "Most subscriptions one user of the home has through the gateway; more are refused with 403.",
            min = "1",
            max = "100000")
    int maxSubscriptionsPerWatcher() default 1000;

    @AttributeDefinition(
            name = "Transactions",
            description = "Most requests without an answer at a time; more are refused with 503.",
            min = "10",
            max = "1000000")
    int maxTransactions() default 20_000;

    @AttributeDefinition(
            name = "Waiting work",
            description = "Most messages and events that wait for the gateway's thread; more are refused with 503.",
            min = "10",
            max = "1000000")
    int maxWaiting() default 10_000;

    @AttributeDefinition(
            name = "Drain time",
            description = "Seconds that requests under way get to be answered when the gateway stops.",
            min = "0",
            max = "60")
    int drainSeconds() default 33;
}
