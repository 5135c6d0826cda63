// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The limits on what crosses between protocols (interworking 5.7, 6.4.6, 9.2, 9.3). */
@ObjectClassDefinition(
        pid = ExchangeConfig.PID,
        name = "Drawbridge exchange",
        description =
                "What crosses between protocols: how much partners may send, ask and watch, and how presence comes "
                        + "back after a start")
@interface ExchangeConfig {
    String PID = "io.drawbridge.exchange";

    @AttributeDefinition(
            name = "Messages per second and partner",
            description = "Messages a second from the users of one partner domain. More fail with a wait.",
            min = "1",
            max = "100000")
    int partnerMessagesPerSecond() default 20;

    @AttributeDefinition(
            name = "Message burst per partner",
            description = "Messages one partner domain may send at once.",
            min = "1",
            max = "1000000")
    int partnerMessageBurst() default 200;

    @AttributeDefinition(
            name = "Messages per minute and sender",
            description = "Messages a minute from one user outside. More fail with a wait.",
            min = "1",
            max = "1000000")
    int senderMessagesPerMinute() default 60;

    @AttributeDefinition(
            name = "Message burst per sender",
            description = "Messages one user outside may send at once.",
            min = "1",
            max = "1000000")
    int senderMessageBurst() default 20;

    @AttributeDefinition(
            name = "New contacts per hour and sender",
            description = "Own users a user outside may write to within an hour who have nothing to do with it yet: "
                    + "neither added the other.",
            min = "1",
            max = "100000")
    int newContactsPerHour() default 20;

    @AttributeDefinition(
            name = "Requests per minute and sender",
            description = "Requests a minute of one user outside to see the presence of own users.",
            min = "1",
            max = "100000")
    int senderRequestsPerMinute() default 10;

    @AttributeDefinition(
            name = "Requests per minute and partner",
            description = "Requests a minute of all users of one partner domain to see the presence of own users.",
            min = "1",
            max = "1000000")
    int partnerRequestsPerMinute() default 100;

    @AttributeDefinition(
            name = "Signals per second and partner",
            description =
                    "Presence, typing, receipts and the like a second from one partner domain; ten times as many at "
                            + "once. More are not delivered.",
            min = "1",
            max = "1000000")
    int partnerSignalsPerSecond() default 200;

    @AttributeDefinition(
            name = "Watches per partner",
            description = "Own users that the users of one partner domain may watch at once.",
            min = "1",
            max = "10000000")
    int watchesPerPartner() default 1000;

    @AttributeDefinition(
            name = "Watches per user",
            description = "Users outside that may watch one own user at once.",
            min = "1",
            max = "1000000")
    int watchesPerUser() default 250;

    @AttributeDefinition(
            name = "Authorizations",
            description = "Rights to see presence, asked for or granted, that are kept at most.",
            min = "1",
            max = "100000000")
    int mostAuthorizations() default 200_000;

    @AttributeDefinition(
            name = "Pause after a refusal",
            description = "Minutes during which nobody is asked again for a right to see presence that was refused.",
            min = "0",
            max = "525600")
    int refusalPauseMinutes() default 60;

    @AttributeDefinition(
            name = "Pause between requests",
            description =
                    "Hours after which an own user's wish to watch is told again to somebody who has not answered.",
            min = "1",
            max = "8760")
    int requestPauseHours() default 24;

    @AttributeDefinition(
            name = "Pause between probes",
            description =
                    "Seconds during which a watch that is open and asked for again is answered with the presence last "
                            + "known.",
            min = "0",
            max = "86400")
    int probePauseSeconds() default 300;

    @AttributeDefinition(
            name = "Watches rebuilt per second",
            description = "Pace at which watches are opened again after a start.",
            min = "1",
            max = "100000")
    int rebuildsPerSecond() default 20;

    @AttributeDefinition(
            name = "Deliveries under way",
            description = "Events one link may have before it. More fail with a wait.",
            min = "1",
            max = "1000000")
    int mostUnderWay() default 10_000;
}
