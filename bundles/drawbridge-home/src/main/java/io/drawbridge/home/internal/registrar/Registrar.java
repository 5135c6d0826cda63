// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.registrar;

import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.config.LimitHits;
import io.drawbridge.home.internal.config.LimitHits.Limit;
import io.drawbridge.home.internal.location.Binding;
import io.drawbridge.home.internal.location.LocationTable;
import io.drawbridge.home.internal.sip.SipAddress;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.ServerTransaction;
import io.drawbridge.lib.jainsip.SipParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.sip.address.SipURI;
import javax.sip.header.ExpiresHeader;

/** Binds addresses of record to clients (RFC 3261 section 10.3). A request changes all it asks for or nothing. */
public final class Registrar {
    private final Supplier<HomeConfig> config;
    private final LimitHits limits;
    private final Supplier<Set<DomainName>> domains;
    private final Authenticator authenticator;
    private final LocationTable location;
    private final InstantSource clock;

    /** Registers into {@code location}. */
    public Registrar(
            Supplier<HomeConfig> config,
            LimitHits limits,
            Supplier<Set<DomainName>> domains,
            Authenticator authenticator,
            LocationTable location,
            InstantSource clock) {
        this.config = config;
        this.limits = limits;
        this.domains = domains;
        this.authenticator = authenticator;
        this.location = location;
        this.clock = clock;
    }

    /**
     * Processes a REGISTER.
     *
     * @throws RequestRefused if it is not accepted; nothing was changed then
     */
    public void register(ServerTransaction transaction) throws RequestRefused {
        SIPRequest request = transaction.request();
        if (transaction.flow().kind() != SipFlow.Kind.CLIENT) {
            throw new RequestRefused(403);
        }
        Address user = SipAddress.of(request.getTo().getAddress().getURI())
                .filter(address -> domains.get().contains(address.domain()))
                .orElseThrow(() -> new RequestRefused(404));
        authenticator.require(request, transaction.flow(), user, Authenticator.Scheme.REGISTRAR);
        ContactList contacts = request.getContactHeaders();
        if (contacts != null && contacts.stream().anyMatch(Contact::isWildCard)) {
            removeAll(request, user, contacts);
        } else if (contacts != null) {
            update(transaction, user, contacts);
        }
        accept(transaction, user);
    }

    /** Step 6 of section 10.3. */
    private void removeAll(SIPRequest request, Address user, ContactList contacts) throws RequestRefused {
        ExpiresHeader expires = request.getExpires();
        if (contacts.size() != 1 || expires == null || expires.getExpires() != 0) {
            throw new RequestRefused(400, "Wildcard Contact Needs Expires 0");
        }
        for (Binding binding : location.of(user)) {
            checkOrder(request, binding);
        }
        location.removeAll(user);
    }

    /** Step 7 of section 10.3. */
    private void update(ServerTransaction transaction, Address user, ContactList contacts) throws RequestRefused {
        Map<String, Binding> before = new LinkedHashMap<>();
        location.of(user).forEach(binding -> before.put(binding.key(), binding));
        Map<String, Binding> after = new LinkedHashMap<>(before);
        List<String> removed = new ArrayList<>();
        List<Binding> added = new ArrayList<>();
        for (Contact contact : contacts) {
            Binding binding = binding(transaction, user, contact);
            Binding known = before.get(binding.key());
            if (known != null) {
                checkOrder(transaction.request(), known);
            }
            if (binding.expires().isAfter(clock.instant())) {
                added.add(binding);
                after.put(binding.key(), binding);
            } else {
                removed.add(binding.key());
                after.remove(binding.key());
            }
        }
        if (after.size() > config.get().maxContacts()) {
            limits.add(Limit.CONTACTS);
            throw new RequestRefused(403, "Too Many Contacts");
        }
        removed.forEach(key -> location.remove(user, key));
        added.forEach(location::put);
    }

    private Binding binding(ServerTransaction transaction, Address user, Contact contact) throws RequestRefused {
        SIPRequest request = transaction.request();
        if (!(contact.getAddress().getURI() instanceof SipURI uri)) {
            throw new RequestRefused(400, "Contact Is No SIP URI");
        }
        String instance = contact.getParameter("+sip.instance");
        String key = instance == null ? uri.toString() : instance + "|" + contact.getParameter("reg-id");
        return new Binding(
                user,
                key,
                uri.toString(),
                transaction.flow(),
                request.getCallId().getCallId(),
                request.getCSeq().getSeqNumber(),
                clock.instant().plusSeconds(expires(request, contact)),
                SipParser.text(request).value("User-Agent").orElse(""));
    }

    private int expires(SIPRequest request, Contact contact) throws RequestRefused {
        int asked = contact.getExpires();
        if (asked < 0) {
            asked = request.getExpires() == null
                    ? config.get().maxExpires()
                    : request.getExpires().getExpires();
        }
        int least = config.get().minExpires();
        if (asked > 0 && asked < least) {
            throw new RequestRefused(423).with("Min-Expires", Integer.toString(least));
        }
        return Math.min(Math.max(asked, 0), config.get().maxExpires());
    }

    private static void checkOrder(SIPRequest request, Binding known) throws RequestRefused {
        if (known.callId().equals(request.getCallId().getCallId())
                && request.getCSeq().getSeqNumber() <= known.sequence()) {
            throw new RequestRefused(500, "Out Of Order");
        }
    }

    /** Step 8 of section 10.3. */
    private void accept(ServerTransaction transaction, Address user) {
        SIPResponse response = transaction.response(SIPResponse.OK);
        Instant now = clock.instant();
        for (Binding binding : location.of(user)) {
            long left = Math.max(1, Duration.between(now, binding.expires()).toSeconds());
            response.addHeader(SipParser.header("Contact", "<" + binding.contact() + ">;expires=" + left));
        }
        transaction.respond(response);
    }
}
