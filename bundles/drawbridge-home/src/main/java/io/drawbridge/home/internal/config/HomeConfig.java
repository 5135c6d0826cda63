// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the embedded home. */
@ObjectClassDefinition(
        pid = HomeConfig.PID,
        name = "Drawbridge home",
        description = "The embedded home: registrar, proxy and presence agent for sites without a SIP server of their"
                + " own. It serves while no nextHop is set in io.drawbridge.edge.")
public @interface HomeConfig {
    /** The PID. */
    String PID = "io.drawbridge.home";

    /** The shortest registration. */
    @AttributeDefinition(
            name = "Shortest registration",
            description = "In seconds. A client that asks for less is told so with 423.",
            min = "10",
            max = "3600")
    int minExpires() default 60;

    /** The longest registration. */
    @AttributeDefinition(
            name = "Longest registration",
            description = "In seconds. A client that asks for more, or for nothing in particular, gets this.",
            min = "60",
            max = "86400")
    int maxExpires() default 3600;

    /** The most clients of one user. */
    @AttributeDefinition(
            name = "Contacts per user",
            description = "How many clients one user may have registered at a time; a further one is refused with 403.",
            min = "1",
            max = "50")
    int maxContacts() default 10;

    /** The longest ringing. */
    @AttributeDefinition(
            name = "Longest ringing",
            description = "In seconds: how long a call may ring before it is given up (Timer C of RFC 3261, which asks"
                    + " for more than three minutes).",
            min = "181",
            max = "3600")
    int ringTime() default 240;

    /** The life of a nonce. */
    @AttributeDefinition(
            name = "Life of a nonce",
            description = "In seconds: how long a client may go on with one challenge of digest authentication.",
            min = "30",
            max = "86400")
    int nonceLife() default 300;

    /** Whether MD5 is offered. */
    @AttributeDefinition(
            name = "Offer MD5",
            description = "Whether clients that do not know SHA-256 may log in with MD5.")
    boolean allowMd5() default true;

    /** Whether own users see each other. */
    @AttributeDefinition(
            name = "Own users see each other",
            description = "Whether users of the home see each other's presence without being on an allow list.")
    boolean insideSeesPresence() default true;

    /** Whether adding somebody is letting him see. */
    @AttributeDefinition(
            name = "Adding is consent",
            description = "Whether a user who adds a contact thereby lets that contact see the user's presence. SIP has"
                    + " no answer of its own to who asks: clients that know watcher information (RFC 3857) show the"
                    + " question, and a watcher waits until added here, or listed in allow or block of"
                    + " io.drawbridge.home.user.")
    boolean addingIsConsent() default true;

    /** The longest subscription. */
    @AttributeDefinition(
            name = "Longest subscription",
            description = "In seconds. A watcher that asks for more gets this.",
            min = "60",
            max = "86400")
    int maxSubscriptionExpires() default 28_800;

    /** The most subscriptions. */
    @AttributeDefinition(
            name = "Subscriptions",
            description = "How many presence subscriptions there may be; further ones are refused with 503.",
            min = "1",
            max = "1000000")
    int maxSubscriptions() default 10_000;

    /** The most subscriptions of one watcher. */
    @AttributeDefinition(
            name = "Subscriptions per watcher",
            description = "How many presence subscriptions one watcher may have; further ones are refused with 403.",
            min = "1",
            max = "10000")
    int maxSubscriptionsPerWatcher() default 500;

    /** The most publications of one user. */
    @AttributeDefinition(
            name = "Publications per user",
            description = "How many presence documents one user's clients may have published; further ones are refused"
                    + " with 403.",
            min = "1",
            max = "50")
    int maxPublications() default 10;

    /** The most transactions. */
    @AttributeDefinition(
            name = "Transactions",
            description = "How many SIP transactions may be open at a time; further requests are refused with 503.",
            min = "100",
            max = "1000000")
    int maxTransactions() default 20_000;

    /** The most messages that wait. */
    @AttributeDefinition(
            name = "Waiting messages",
            description = "How many received messages may wait to be processed; further requests are refused with 503.",
            min = "100",
            max = "1000000")
    int maxWaiting() default 10_000;
}
