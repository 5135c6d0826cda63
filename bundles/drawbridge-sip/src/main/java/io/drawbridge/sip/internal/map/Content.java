// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What the body of a MESSAGE says (interworking 3.5, 6.5, 6.8). */
public sealed interface Content {
    /** What the gateway reads, as Accept and the {@code accept-types} of a session say it. */
    String ACCEPTED =
            "text/plain, text/html, multipart/alternative, message/cpim, message/imdn+xml, " + ComposingBody.MEDIA_TYPE;

    /**
     * Text for the recipient.
     *
     * @param body the text
     * @param id the identifier its sender gave it; empty if it has none
     * @param wanted the receipts its sender asked for
     */
    record Text(Body body, Optional<String> id, Set<Receipt.Kind> wanted) implements Content {}

    /**
     * Whether the sender writes.
     *
     * @param state composing or paused
     */
    record Typing(Composing state) implements Content {}

    /**
     * A receipt.
     *
     * @param receipt what became of a message; empty if nothing that concerns a person
     */
    record Report(Optional<Receipt> receipt) implements Content {}

    /**
     * Reads a body.
     *
     * @param contentType the value of Content-Type
     * @param language the value of Content-Language, empty if there is none
     * @throws Unmappable 415 if it is of no type that is read, 400 if it is malformed
     */
    static Content read(String contentType, String language, byte[] body) throws Unmappable {
        MediaType type = MediaType.of(contentType);
        if (!type.name().equals(Cpim.MEDIA_TYPE)) {
            return read(type, language, body);
        }
        Cpim envelope = Cpim.read(body);
        Content content = read(envelope.type(), language, envelope.content());
        return content instanceof Text text
                ? new Text(text.body(), Imdn.messageId(envelope), Imdn.wanted(envelope))
                : content;
    }

    private static Content read(MediaType type, String language, byte[] body) throws Unmappable {
        return switch (type.name()) {
            case ComposingBody.MEDIA_TYPE -> new Typing(ComposingBody.read(body));
            case Imdn.MEDIA_TYPE -> new Report(Imdn.read(body));
            default -> new Text(new Body(Body.PLAIN, language, text(type, body)), Optional.empty(), Set.of());
        };
    }

    private static String text(MediaType type, byte[] body) throws Unmappable {
        return switch (type.name()) {
            case MediaType.PLAIN -> type.decode(body);
            case MediaType.HTML -> HtmlText.of(type.decode(body));
            case MediaType.ALTERNATIVE -> alternative(type, body);
            default -> throw new Unmappable(415, "Unsupported Media Type");
        };
    }

    /** The plain text of several forms, else the text of the HTML. */
    private static String alternative(MediaType type, byte[] body) throws Unmappable {
        String boundary = type.parameters().getOrDefault("boundary", "");
        if (boundary.isEmpty()) {
            throw new Unmappable(400, "Multipart Without Boundary");
        }
        String whole = new String(body, StandardCharsets.ISO_8859_1);
        String html = null;
        for (String part :
                Arrays.asList(("\r\n" + whole).split("\r\n--" + java.util.regex.Pattern.quote(boundary), 16))) {
            int end = part.indexOf("\r\n\r\n");
            if (end < 0) {
                continue;
            }
            MediaType partType = MediaType.of(header(part.substring(0, end), "content-type"));
            byte[] content = part.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
            if (partType.name().equals(MediaType.PLAIN)) {
                return partType.decode(content);
            }
            if (partType.name().equals(MediaType.HTML) && html == null) {
                html = HtmlText.of(partType.decode(content));
            }
        }
        if (html == null) {
            throw new Unmappable(415, "No Text Among The Alternatives");
        }
        return html;
    }

    private static String header(String head, String name) {
        for (String line : head.split("\r\n", 32)) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                return line.substring(name.length() + 1);
            }
        }
        return MediaType.PLAIN;
    }
}
