// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.sip.internal.msrp.MsrpSyntaxException;
import io.drawbridge.sip.internal.msrp.MsrpUri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The session description of a message session by MSRP over TLS (RFC 4975 section 8).
 *
 * @param path where the other side is reached, the next hop first
 * @param acceptTypes the media types it takes, in lower case; {@code *} for any
 * @param wrappedTypes those it takes within CPIM besides
 * @param maxSize octets of the largest message it takes; 0 if it does not say
 * @param setup who connects, as it wants it (RFC 6135); empty if it does not say
 * @param fingerprints of its certificate, as {@code hash value} (RFC 8122); empty if it does not say
 */
public record MsrpSdp(
        List<MsrpUri> path,
        Set<String> acceptTypes,
        Set<String> wrappedTypes,
        long maxSize,
        String setup,
        List<String> fingerprints) {
    private static final String TLS = "TCP/TLS/MSRP";
    private static final String ANY = "*";
    private static final int MOST_LINES = 200;
    private static final int MOST_FINGERPRINTS = 8;
    private static final String ACCEPTED = Cpim.MEDIA_TYPE + " text/plain text/html multipart/alternative "
            + ComposingBody.MEDIA_TYPE + " " + Imdn.MEDIA_TYPE;

    /** Copies the collections. */
    public MsrpSdp {
        path = List.copyOf(path);
        acceptTypes = Set.copyOf(acceptTypes);
        wrappedTypes = Set.copyOf(wrappedTypes);
        fingerprints = List.copyOf(fingerprints);
    }

    /** Reads a description; empty if it offers no such session that can be reached over TLS. */
    public static Optional<MsrpSdp> read(byte[] body) {
        boolean found = false;
        boolean within = false;
        boolean ofSession = true;
        Map<String, String> attributes = new HashMap<>();
        List<String> shared = new ArrayList<>(1);
        List<String> own = new ArrayList<>(1);
        for (String line : new String(body, StandardCharsets.UTF_8).split("\r?\n", MOST_LINES)) {
            if (line.startsWith("m=")) {
                String[] media = line.substring(2).split(" ", 4);
                within = !found && media.length > 2 && media[0].equals("message") && isTls(media);
                found |= within;
                ofSession = false;
            } else if (line.startsWith("a=") && (within || ofSession)) {
                attribute(line.substring(2), attributes, within ? own : shared);
            }
        }
        // RFC 8122 section 5: what the medium says of certificates holds instead of what the session says
        return found ? of(attributes, own.isEmpty() ? shared : own) : Optional.empty();
    }

    private static boolean isTls(String... media) {
        return media[2].equalsIgnoreCase(TLS) && !media[1].equals("0");
    }

    private static void attribute(String text, Map<String, String> attributes, List<String> fingerprints) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        String value = colon < 0 ? "" : text.substring(colon + 1).strip();
        if (name.equals("fingerprint") && fingerprints.size() < MOST_FINGERPRINTS) {
            fingerprints.add(value.toLowerCase(Locale.ROOT));
        } else {
            attributes.put(name, value);
        }
    }

    private static Optional<MsrpSdp> of(Map<String, String> attributes, List<String> fingerprints) {
        try {
            List<MsrpUri> path = MsrpUri.path(attributes.getOrDefault("path", ""));
            boolean secure = path.stream().allMatch(MsrpUri::secure);
            String size = attributes.getOrDefault("max-size", "");
            return secure
                    ? Optional.of(new MsrpSdp(
                            path,
                            types(attributes.getOrDefault("accept-types", "")),
                            types(attributes.getOrDefault("accept-wrapped-types", "")),
                            size.matches("\\d{1,15}") ? Long.parseLong(size) : 0,
                            attributes.getOrDefault("setup", "").toLowerCase(Locale.ROOT),
                            fingerprints))
                    : Optional.empty();
        } catch (MsrpSyntaxException unusable) {
            return Optional.empty();
        }
    }

    private static Set<String> types(String text) {
        return Arrays.stream(text.split("\\s+", MOST_LINES))
                .map(type -> type.toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Returns whether the other side takes a media type as it is. */
    public boolean takes(String type) {
        return acceptTypes.contains(type)
                || acceptTypes.contains(ANY)
                || acceptTypes.contains(type.substring(0, type.indexOf('/') + 1) + ANY);
    }

    /** Returns whether the other side takes envelopes of CPIM, and with them what they hold. */
    public boolean takesEnvelopes() {
        return takes(Cpim.MEDIA_TYPE);
    }

    /** Returns whether the other side takes plain text in one way or another. */
    public boolean takesText() {
        return takes(MediaType.PLAIN) || takesEnvelopes();
    }

    /**
     * Writes the gateway's description.
     *
     * @param path its own end
     * @param maxSize octets of the largest message it takes
     * @param setup who connects, in the words of RFC 6135
     */
    public static String write(MsrpUri path, int maxSize, String setup) {
        String host = path.server().host();
        String family = host.indexOf(':') >= 0 ? "IP6" : "IP4";
        return "v=0\r\no=- 0 0 IN " + family + " " + host + "\r\ns=-\r\nc=IN " + family + " " + host
                + "\r\nt=0 0\r\nm=message " + path.server().port() + " " + TLS + " *\r\na=accept-types:" + ACCEPTED
                + "\r\na=accept-wrapped-types:*\r\na=max-size:" + maxSize + "\r\na=setup:" + setup + "\r\na=path:"
                + path + "\r\n";
    }
}
