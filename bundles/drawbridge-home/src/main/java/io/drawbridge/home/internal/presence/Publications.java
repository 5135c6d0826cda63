// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.Address;
import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.config.LimitHits;
import io.drawbridge.home.internal.config.LimitHits.Limit;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.ServerTransaction;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.SipText;
import io.drawbridge.lib.jainsip.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.w3c.dom.Document;

/** What the users' clients published (RFC 3903 section 6), each until it expires. Owned by the home's thread. */
final class Publications {
    private static final int LEAST_EXPIRES = 60;
    private final Map<Address, Map<String, Publication>> published = new HashMap<>();
    private final Supplier<HomeConfig> config;
    private final LimitHits limits;
    private final Timers timers;
    private final Consumer<Address> changed;
    private final AtomicInteger size = new AtomicInteger();

    /**
     * Starts empty.
     *
     * @param changed is told of a user whose published documents became other ones; not of a refresh
     */
    Publications(Supplier<HomeConfig> config, LimitHits limits, Timers timers, Consumer<Address> changed) {
        this.config = config;
        this.limits = limits;
        this.timers = timers;
        this.changed = changed;
    }

    int size() {
        return size.get();
    }

    /** Returns what stands published of a user, the oldest first. */
    List<Document> of(Address user) {
        return published.getOrDefault(user, Map.of()).values().stream()
                .map(Publication::document)
                .toList();
    }

    void removeAll(Address user) {
        for (String etag : List.copyOf(published.getOrDefault(user, Map.of()).keySet())) {
            take(user, etag);
        }
        changed.accept(user);
    }

    /** Processes a PUBLISH of an authenticated user for himself. */
    void publish(ServerTransaction transaction, Address user) throws RequestRefused {
        SIPRequest request = transaction.request();
        SipText text = SipParser.text(request);
        int expires = expires(request);
        Optional<String> match = text.value("SIP-If-Match");
        Optional<Publication> before =
                match.map(etag -> published.getOrDefault(user, Map.of()).get(etag));
        if (match.isPresent() && before.isEmpty()) {
            throw new RequestRefused(412, "Conditional Request Failed");
        }
        boolean hasBody = text.body().length > 0;
        if (!hasBody && before.isEmpty()) {
            throw new RequestRefused(400, "Missing Body");
        }
        Document document = hasBody ? document(text) : before.orElseThrow().document();
        if (before.isEmpty()
                && published.getOrDefault(user, Map.of()).size() >= config.get().maxPublications()) {
            limits.add(Limit.PUBLICATIONS);
            throw new RequestRefused(403, "Too Many Publications");
        }
        match.ifPresent(etag -> take(user, etag));
        String etag = UUID.randomUUID().toString();
        if (expires > 0) {
            put(user, etag, document, expires);
        }
        if (hasBody || expires == 0) {
            changed.accept(user);
        }
        SIPResponse response = transaction.response(SIPResponse.OK);
        response.addHeader(SipParser.header("SIP-ETag", etag));
        response.addHeader(SipParser.header("Expires", Integer.toString(expires)));
        transaction.respond(response);
    }

    private int expires(SIPRequest request) throws RequestRefused {
        int asked = request.getExpires() == null
                ? config.get().maxExpires()
                : request.getExpires().getExpires();
        if (asked > 0 && asked < LEAST_EXPIRES) {
            throw new RequestRefused(423).with("Min-Expires", Integer.toString(LEAST_EXPIRES));
        }
        return Math.min(asked, config.get().maxExpires());
    }

    private static Document document(SipText text) throws RequestRefused {
        String type = text.value("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.split(";", 2)[0].strip().equals(Pidf.MEDIA_TYPE)) {
            throw new RequestRefused(415).with("Accept", Pidf.MEDIA_TYPE);
        }
        try {
            return Pidf.parse(text.body());
        } catch (IOException broken) {
            throw new RequestRefused(400, broken.getMessage());
        }
    }

    private void put(Address user, String etag, Document document, int expires) {
        Timers.Timer expiry = timers.after(Duration.ofSeconds(expires), () -> {
            take(user, etag);
            changed.accept(user);
        });
        published.computeIfAbsent(user, any -> new LinkedHashMap<>()).put(etag, new Publication(document, expiry));
        size.incrementAndGet();
    }

    private void take(Address user, String etag) {
        Map<String, Publication> documents = published.getOrDefault(user, Map.of());
        Publication taken = documents.remove(etag);
        if (taken != null) {
            taken.expiry.cancel();
            size.decrementAndGet();
            if (documents.isEmpty()) {
                published.remove(user);
            }
        }
    }

    private record Publication(Document document, Timers.Timer expiry) {}
}
