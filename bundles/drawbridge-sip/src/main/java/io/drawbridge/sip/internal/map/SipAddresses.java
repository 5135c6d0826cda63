// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import io.drawbridge.sip.internal.codec.NameAddr;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipProblem;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * SIP URIs and the model's principals and instances (interworking 6.2, RFC 7247 section 6). What only XMPP asks of an
 * address, its escapes and string classes, is the business of XMPP.
 */
public final class SipAddresses {
    private static final String EPID_START = "user:epid:";
    private static final int LONGEST_INSTANCE = 1023;
    private static final int EPID_DIGITS = 10;

    private SipAddresses() {}

    /**
     * Reads the value of From, To, Contact and their like. The instance is the URI's, else the {@code epid} of Lync.
     *
     * @throws Unmappable if no principal can be made of it
     */
    public static Instance ofHeader(String value) throws Unmappable {
        NameAddr address = nameAddr(value);
        Instance instance = of(uri(address));
        if (!instance.isAny()) {
            return instance;
        }
        Optional<String> epid = address.parameters().first("epid").map(Octets::toString);
        return new Instance(instance.principal(), usable(epid.orElse("")));
    }

    /** Returns the URI within such a value. */
    public static SipUri uriOf(String value) throws Unmappable {
        return uri(nameAddr(value));
    }

    private static NameAddr nameAddr(String value) throws Unmappable {
        try {
            return NameAddr.parse(Octets.of(value), SipProblem.HEADER_LINE);
        } catch (SipSyntaxException malformed) {
            throw new Unmappable(400, "Malformed Address");
        }
    }

    private static SipUri uri(NameAddr address) throws Unmappable {
        try {
            return address.uri();
        } catch (SipSyntaxException malformed) {
            throw new Unmappable(400, "Malformed Address");
        }
    }

    /**
     * Reads a URI.
     *
     * @throws Unmappable if no principal can be made of it
     */
    public static Instance of(String uri) throws Unmappable {
        try {
            return of(SipUri.parse(uri));
        } catch (SipSyntaxException malformed) {
            throw new Unmappable(400, "Malformed Address");
        }
    }

    private static Instance of(SipUri uri) throws Unmappable {
        switch (uri.scheme()) {
            case "sip", "im", "pres" -> {}
            case "sips" -> throw new Unmappable(403, "A Gateway Cannot Keep The Promise Of sips");
            default -> throw new Unmappable(416, "Unsupported URI Scheme");
        }
        Principal principal = principal(uri.user(), domain(uri.host()));
        return new Instance(principal, instance(uri));
    }

    private static DomainName domain(String host) throws Unmappable {
        if (host.indexOf(':') >= 0 || isNumeric(host)) {
            throw new Unmappable(403, "An IP Address Is No Domain");
        }
        try {
            DomainName domain = DomainName.of(host);
            if (domain.value().indexOf('.') > 0) {
                return domain;
            }
        } catch (IllegalArgumentException malformed) {
            throw new Unmappable(404, "No Such Domain");
        }
        throw new Unmappable(404, "No Such Domain");
    }

    private static boolean isNumeric(String host) {
        boolean numeric = !host.isEmpty();
        for (int i = 0; numeric && i < host.length(); i++) {
            numeric = host.charAt(i) == '.' || (host.charAt(i) >= '0' && host.charAt(i) <= '9');
        }
        return numeric;
    }

    private static Principal principal(String user, DomainName domain) throws Unmappable {
        String decoded = Escapes.decode(user).orElseThrow(() -> new Unmappable(404, "Address Is Not UTF-8"));
        try {
            return Principal.of(decoded, domain);
        } catch (IllegalArgumentException notAllowed) {
            throw new Unmappable(404, "Address Not Allowed");
        }
    }

    /** The instance a URI names: GRUU (RFC 5627), or Lync's endpoint (interworking 3.11); not a temporary GRUU. */
    private static String instance(SipUri uri) throws Unmappable {
        Optional<Octets> gruu = uri.parameters().first("gr");
        if (gruu.isPresent()) {
            return prepared(gruu.get().toString());
        }
        String opaque = uri.parameters().first("opaque").map(Octets::toString).orElse("");
        return opaque.startsWith(EPID_START) ? usable(opaque.substring(EPID_START.length())) : "";
    }

    /** OpaqueString of RFC 8265 section 4.2 as far as mapping goes; what does not fit names no instance. */
    private static String prepared(String escaped) {
        try {
            return usable(Escapes.decode(escaped).orElse(""));
        } catch (Unmappable badEscape) {
            return "";
        }
    }

    /** Returns the identifier as an instance may have it; empty where it may not. */
    static String usable(String id) {
        if (isPlain(id)) {
            return id;
        }
        StringBuilder spaced = new StringBuilder(id.length());
        id.codePoints().forEach(c -> spaced.appendCodePoint(Character.isSpaceChar(c) ? ' ' : c));
        String prepared = Normalizer.normalize(spaced, Normalizer.Form.NFC);
        boolean fits = prepared.getBytes(StandardCharsets.UTF_8).length <= LONGEST_INSTANCE
                && prepared.chars().noneMatch(Character::isISOControl);
        return fits ? prepared : "";
    }

    private static boolean isPlain(String id) {
        boolean plain = id.length() <= LONGEST_INSTANCE;
        for (int i = 0; plain && i < id.length(); i++) {
            plain = id.charAt(i) >= 0x20 && id.charAt(i) < 0x7F;
        }
        return plain;
    }

    /** Writes a URI for somebody; the instance as {@code gr}. */
    public static String uri(Instance instance) {
        return instance.isAny()
                ? uri(instance.principal())
                : uri(instance.principal()) + ";gr=" + Escapes.PARAMETER.encode(instance.id());
    }

    /** Writes a URI for somebody. */
    public static String uri(Principal principal) {
        return principal.isDomain()
                ? "sip:" + principal.domain()
                : "sip:" + Escapes.USER.encode(principal.local()) + "@" + principal.domain();
    }

    /** Returns the endpoint identifier by which Lync tells instances apart (interworking 6.2.9). */
    public static String epid(Instance instance) {
        return sha256(instance.toString()).substring(0, EPID_DIGITS);
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("the Java platform lacks SHA-256", missing);
        }
    }
}
