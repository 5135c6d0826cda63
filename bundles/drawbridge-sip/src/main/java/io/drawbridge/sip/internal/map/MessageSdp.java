// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The session description of a message session in the Lync dialect (interworking 3.4). Ports and addresses in it carry no
 * meaning: the messages go in the dialog itself.
 *
 * @param acceptTypes the media types the other side takes, in lower case
 */
public record MessageSdp(Set<String> acceptTypes) {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/sdp";

    private static final String ACCEPTED = "text/plain text/html multipart/alternative " + ComposingBody.MEDIA_TYPE;
    private static final String ACCEPT_TYPES = "a=accept-types:";
    private static final int MOST_LINES = 200;

    /** Copies the types. */
    public MessageSdp {
        acceptTypes = Set.copyOf(acceptTypes);
    }

    /** Reads a description; empty if it offers no such session: a call, or MSRP. */
    public static Optional<MessageSdp> read(byte[] body) {
        boolean within = false;
        boolean offered = false;
        Set<String> types = Set.of(MediaType.PLAIN);
        for (String line : new String(body, StandardCharsets.UTF_8).split("\r?\n", MOST_LINES)) {
            if (line.startsWith("m=")) {
                String[] media = line.substring(2).split(" ", 4);
                boolean message = media[0].equals("message") || media[0].equals("x-ms-message");
                within = message && media.length > 2 && media[2].equalsIgnoreCase("sip");
                offered |= within;
            } else if (within && line.startsWith(ACCEPT_TYPES)) {
                types = Arrays.stream(line.substring(ACCEPT_TYPES.length()).split(" ", -1))
                        .map(type -> type.strip().toLowerCase(Locale.ROOT))
                        .filter(type -> !type.isEmpty())
                        .collect(Collectors.toSet());
            }
        }
        return offered ? Optional.of(new MessageSdp(types)) : Optional.empty();
    }

    /** Returns whether the other side takes RFC 3994 documents; if not, keyboard activity. */
    public boolean takesComposing() {
        return acceptTypes.contains(ComposingBody.MEDIA_TYPE);
    }

    /**
     * Writes the gateway's description.
     *
     * @param plain whether nothing but plain text is offered, for those who refuse more
     */
    public static String write(String host, boolean plain) {
        String family = host.indexOf(':') >= 0 ? "IP6" : "IP4";
        return "v=0\r\no=- 0 0 IN " + family + " " + host + "\r\ns=session\r\nc=IN " + family + " " + host
                + "\r\nt=0 0\r\nm=message 5060 sip null\r\n" + ACCEPT_TYPES
                + (plain ? MediaType.PLAIN : ACCEPTED) + "\r\n";
    }

    /**
     * Reads the text an invitation carries (interworking 3.5, {@code ms-text-format}).
     *
     * @return empty if there is none, or none that is read: then it comes as a message besides
     */
    public static Optional<Content.Text> firstText(String header) {
        MediaType type = MediaType.of(header);
        String body = type.parameters().get("ms-body");
        if (body == null) {
            return Optional.empty();
        }
        try {
            Content content = Content.read(header, "", Base64.getDecoder().decode(body));
            return content instanceof Content.Text text && !text.body().text().isEmpty()
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (Unmappable | IllegalArgumentException unread) {
            return Optional.empty();
        }
    }
}
