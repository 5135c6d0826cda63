// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code io.drawbridge.sip}. */
@ObjectClassDefinition(
        pid = RelayConfig.PID,
        name = "Drawbridge SIP relay",
        description = "Limits and timers of SIP federation. The defaults suit an edge of up to some thousand peers; "
                + "what shapes who may talk to whom stands in io.drawbridge.edge.")
public @interface RelayConfig {
    /** The PID. */
    String PID = "io.drawbridge.sip";

    @AttributeDefinition(
            name = "Start line limit",
            description = "Octets of the longest start line. A longer one is answered 414 and its connection closed.",
            min = "256",
            max = "65536")
    int maxStartLineBytes() default 4096;

    @AttributeDefinition(
            name = "Header line limit",
            description = "Octets of the longest header field, its folded lines together; route headers of Lync pools "
                    + "reach 4 KiB. A longer one is answered 400.",
            min = "1024",
            max = "65536")
    int maxHeaderLineBytes() default 16_384;

    @AttributeDefinition(
            name = "Header count limit",
            description = "Most header fields in a message. More are answered 400.",
            min = "32",
            max = "1024")
    int maxHeaders() default 256;

    @AttributeDefinition(
            name = "Head limit",
            description = "Octets of start line and header fields together. A larger head is answered 513.",
            min = "4096",
            max = "1048576")
    int maxHeadBytes() default 65_536;

    @AttributeDefinition(
            name = "Via limit",
            description = "Most Via values in a message. More are answered 483.",
            min = "8",
            max = "255")
    int maxVias() default 70;

    @AttributeDefinition(
            name = "Body limit",
            description = "Octets of the largest body. A larger one is answered 413.",
            min = "4096",
            max = "16777216")
    int maxBodyBytes() default 262_144;

    @AttributeDefinition(
            name = "Instant message limit",
            description = "Octets of the largest body of a MESSAGE. A larger one is answered 413.",
            min = "1024",
            max = "16777216")
    int maxMessageBodyBytes() default 65_536;

    @AttributeDefinition(
            name = "Time to complete a message",
            description = "Seconds from a message's first octet to its last; a slower peer's connection is closed.",
            min = "1",
            max = "300")
    int messageCompletionSeconds() default 30;

    @AttributeDefinition(
            name = "Keep-alives per minute",
            description = "Most CRLF keep-alives in a minute without a message; more close the connection.",
            min = "4",
            max = "1000")
    int maxKeepAlivesPerMinute() default 64;

    @AttributeDefinition(
            name = "Unanswered requests per connection",
            description = "Requests of one connection under way at once; at this number reading pauses.",
            min = "1",
            max = "100000")
    int maxUnansweredPerConnection() default 1000;

    @AttributeDefinition(
            name = "Waiting requests per destination",
            description = "Requests that wait while a destination is being connected; more are answered 503.",
            min = "1",
            max = "100000")
    int maxWaitingPerDestination() default 1000;

    @AttributeDefinition(
            name = "Write buffer per connection",
            description = "KiB that may wait for a slow peer; requests to it are then refused, other peers are served.",
            min = "64",
            max = "65536")
    int writeBufferKib() default 1024;

    @AttributeDefinition(
            name = "Answer time of requests other than INVITE",
            description = "Seconds until an unanswered request is answered 504. Below the 32 seconds after which the "
                    + "sender gives up by itself, so that it learns the reason.",
            min = "1",
            max = "31")
    int nonInviteSeconds() default 30;

    @AttributeDefinition(
            name = "Answer time of INVITE",
            description = "Seconds until an INVITE without any answer is answered 408 (timer B of RFC 3261).",
            min = "1",
            max = "180")
    int inviteSeconds() default 32;

    @AttributeDefinition(
            name = "Ringing time",
            description = "Seconds an INVITE may ring without news until it is cancelled (timer C of RFC 3261).",
            min = "181",
            max = "3600")
    int timerCSeconds() default 185;

    @AttributeDefinition(
            name = "Drain time",
            description = "Seconds that requests under way get to be answered when the relay stops.",
            min = "0",
            max = "300")
    int drainSeconds() default 33;

    @AttributeDefinition(
            name = "Keep-alive interval",
            description = "Seconds without traffic until a connection this edge opened is tried with OPTIONS.",
            min = "5",
            max = "3600")
    int keepAliveSeconds() default 60;

    @AttributeDefinition(
            name = "Keep-alive answer time",
            description = "Seconds to answer that OPTIONS; a connection without an answer is closed as dead.",
            min = "1",
            max = "60")
    int keepAliveAnswerSeconds() default 10;

    @AttributeDefinition(
            name = "Rest of a failing server",
            description = "Seconds a server is left aside that answered 503 or stopped answering, while others serve.",
            min = "1",
            max = "3600")
    int failedServerRestSeconds() default 30;
}
