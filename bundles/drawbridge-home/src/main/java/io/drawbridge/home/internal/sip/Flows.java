// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.sip;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.RequestRefused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The open flows and for whom each may speak. A flow is named in route headers by a token that nobody can forge (RFC
 * 5626 section 5.2). Owned by the home's thread.
 */
public final class Flows {
    private static final int MOST_USERS_OF_A_FLOW = 10;
    private static final int TLS_PORT = 5061;
    private static final int KEY_OCTETS = 32;
    private static final int MAC_OCTETS = 12;
    private final Map<String, Entry> open = new HashMap<>();
    private final Set<HostPort> locals = new HashSet<>();
    private Optional<SipFlow> relay = Optional.empty();
    private final SecretKeySpec key;

    /** Starts with no flow and a key of its own. */
    public Flows() {
        byte[] octets = new byte[KEY_OCTETS];
        new SecureRandom().nextBytes(octets);
        key = new SecretKeySpec(octets, "HmacSHA256");
    }

    /** Remembers an open flow; known ones are left as they are. */
    public void opened(SipFlow flow) {
        open.putIfAbsent(flow.id(), new Entry(flow, new HashSet<>()));
        locals.add(flow.local().orPort(TLS_PORT)); // one per listener, so it stays small
        if (flow.kind() == SipFlow.Kind.RELAY) {
            relay = Optional.of(flow);
        }
    }

    /** Forgets a flow. */
    public void closed(SipFlow flow) {
        open.remove(flow.id());
        relay = relay.filter(way -> !way.id().equals(flow.id()));
    }

    /** Returns the way outside, if there is one. */
    public Optional<SipFlow> relay() {
        return relay;
    }

    /** Returns whether a host and port is one of ours. */
    public boolean isLocal(HostPort hostPort) {
        return locals.contains(hostPort.orPort(TLS_PORT));
    }

    /** Notes that a user proved on this flow who he is. */
    public void authenticated(SipFlow flow, Address user) {
        Entry entry = open.get(flow.id());
        if (entry != null && entry.users.size() < MOST_USERS_OF_A_FLOW) {
            entry.users.add(user);
        }
    }

    /** Takes back what a user proved, on every flow. */
    public void revoke(Address user) {
        open.values().forEach(entry -> entry.users.remove(user));
    }

    /** Returns whether the user proved on this flow who he is. */
    public boolean speaksFor(SipFlow flow, Address user) {
        Entry entry = open.get(flow.id());
        return entry != null && entry.users.contains(user);
    }

    /** Returns the name of a flow for a route header. */
    public String token(SipFlow flow) {
        byte[] id = flow.id().getBytes(StandardCharsets.UTF_8);
        byte[] mac = mac(id);
        byte[] both = new byte[MAC_OCTETS + id.length];
        System.arraycopy(mac, 0, both, 0, MAC_OCTETS);
        System.arraycopy(id, 0, both, MAC_OCTETS, id.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    }

    /**
     * Returns the flow a token names.
     *
     * @return empty if the flow is gone
     * @throws RequestRefused 403 if the token is not one of ours
     */
    public Optional<SipFlow> byToken(String token) throws RequestRefused {
        byte[] both;
        try {
            both = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException broken) {
            throw new RequestRefused(403, "Invalid Route");
        }
        if (both.length <= MAC_OCTETS) {
            throw new RequestRefused(403, "Invalid Route");
        }
        byte[] id = Arrays.copyOfRange(both, MAC_OCTETS, both.length);
        byte[] mac = Arrays.copyOf(both, MAC_OCTETS);
        if (!MessageDigest.isEqual(mac, Arrays.copyOf(mac(id), MAC_OCTETS))) {
            throw new RequestRefused(403, "Invalid Route");
        }
        return Optional.ofNullable(open.get(new String(id, StandardCharsets.UTF_8)))
                .map(Entry::flow);
    }

    private byte[] mac(byte[] id) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(id);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the Java platform lacks HmacSHA256", missing);
        }
    }

    private record Entry(SipFlow flow, Set<Address> users) {}
}
