// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPRequest;
import io.drawbridge.api.model.Instance;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.ServerTransaction;
import io.drawbridge.lib.jainsip.SipText;
import io.drawbridge.sip.internal.codec.SipUri;
import io.drawbridge.sip.internal.map.Content;
import io.drawbridge.sip.internal.map.SipAddresses;
import io.drawbridge.sip.internal.map.Unmappable;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A request of the home as the user agent reads it. */
record Incoming(ServerTransaction transaction, SipText text) {
    /** A clock that is wrong by this much is not news. */
    private static final Duration JUST_NOW = Duration.ofMinutes(1);

    static Incoming of(ServerTransaction transaction) {
        return new Incoming(transaction, transaction.text());
    }

    /** Returns it parsed, which costs more than all the rest for a MESSAGE that stands alone. */
    SIPRequest request() {
        return transaction.request();
    }

    String peer() {
        return transaction.flow().name();
    }

    /** Returns who sent it; the relay let it through, so this is a user of an own domain. */
    Instance sender() throws RequestRefused {
        try {
            return person(SipAddresses.ofHeader(header("From")));
        } catch (Unmappable why) {
            throw Outcomes.refusal(why);
        }
    }

    /** Returns whom the Request-URI names. */
    Instance recipient() throws RequestRefused {
        try {
            return person(SipAddresses.of(uri()));
        } catch (Unmappable why) {
            throw Outcomes.refusal(why);
        }
    }

    /** Returns the sender's URI as written. */
    SipUri senderUri() throws RequestRefused {
        try {
            return SipAddresses.uriOf(header("From"));
        } catch (Unmappable why) {
            throw Outcomes.refusal(why);
        }
    }

    /** Returns the subject, which SIP writes in UTF-8; empty if there is none. */
    String subject() {
        return new String(header("Subject").getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static Instance person(Instance instance) throws Unmappable {
        if (instance.principal().isDomain()) {
            throw new Unmappable(404, "Nobody Is Addressed");
        }
        return instance;
    }

    /** Returns the Request-URI as written. */
    String uri() {
        return text.startLine().split(" ", 3)[1];
    }

    /** Returns the first value of a header field; empty if there is none. */
    String header(String name) {
        return text.value(name).orElse("");
    }

    /** Returns the values of a header field whose values are separated by commas, in lower case. */
    List<String> tokens(String name) {
        return text.lines(name).stream()
                .flatMap(line ->
                        Arrays.stream(line.substring(line.indexOf(':') + 1).split(",", -1)))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    Content content() throws RequestRefused {
        try {
            return Content.read(header("Content-Type"), header("Content-Language"), text.body());
        } catch (Unmappable why) {
            throw Outcomes.refusal(why);
        }
    }

    /** Returns when it was written, if that was not just now. */
    Optional<Instant> written(Instant now) {
        try {
            Instant date = ZonedDateTime.parse(header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date).filter(then -> then.isBefore(now.minus(JUST_NOW)));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /** RFC 3261 section 8.2.2.3: refuses what asks for an extension that is not known. */
    void require(Set<String> known) throws RequestRefused {
        List<String> unknown = tokens("Require").stream()
                .filter(token -> !known.contains(token))
                .toList();
        if (!unknown.isEmpty()) {
            throw new RequestRefused(420).with("Unsupported", String.join(", ", unknown));
        }
    }
}
