// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a stream of XML as its octets come, in pieces of any size, and tells what they mean. Whatever XMPP forbids
 * (RFC 6120 section 11.1) or {@link Limits} do not allow ends it. Belongs to one thread.
 */
public final class StreamReader {
    /** After so many octets the tokenizer is replaced, which remembers every name it ever saw. */
    private static final int REPLACED_AFTER_OCTETS = 1 << 20;

    private static final InputFactoryImpl FACTORY = factory();

    private final StreamEvents events;
    private Limits limits = Limits.STRANGER;
    private AsyncXMLStreamReader<AsyncByteArrayFeeder> tokens;
    private Utf8Check utf8;
    private Window window;
    /** The place in the stream where the tokenizer's own count begins. */
    private long base;

    private StreamHeader header;
    private byte[] headerOctets;
    private StanzaBuilder stanza;
    private ElementBuilder element;
    private int depth;

    /** Begins before the stream's header. */
    public StreamReader(StreamEvents events) {
        this.events = events;
        begin();
    }

    private static InputFactoryImpl factory() {
        InputFactoryImpl factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private void begin() {
        // Never closed, as that would hand the peer's names on to other streams; there is nothing else to release.
        tokens = FACTORY.createAsyncForByteArray();
        utf8 = new Utf8Check();
        window = new Window();
        base = 0;
        header = null;
        stanza = null;
        element = null;
        depth = 0;
    }

    /** Changes what the peer may send from now on. */
    public void limit(Limits to) {
        limits = to;
    }

    /**
     * Forgets the stream and expects a new header: after TLS or SASL.
     *
     * @throws StreamViolation if the peer sent more before it: what came unprotected must not count as protected (RFC 6120
     *     section 5.4.3.3)
     */
    public void restart() throws StreamViolation {
        window.dropSpace();
        if (window.length() > 0) {
            throw new StreamViolation(StreamCondition.POLICY_VIOLATION, "something was sent ahead of the new stream");
        }
        begin();
    }

    /**
     * Takes octets.
     *
     * @param octets read from its start, and not kept
     * @throws StreamViolation if they break a rule, or if an event's receiver says so; nothing may be fed after that
     */
    public void feed(byte[] octets, int length) throws StreamViolation {
        utf8.accept(octets, length);
        window.append(octets, length);
        AsyncXMLStreamReader<AsyncByteArrayFeeder> mine = tokens;
        give(octets, length);
        for (int token = next(); token != AsyncXMLStreamReader.EVENT_INCOMPLETE; token = next()) {
            if (token == XMLStreamConstants.END_DOCUMENT) {
                return;
            }
            take(token);
            if (mine != tokens) {
                return;
            }
        }
        rest();
    }

    private void give(byte[] octets, int length) throws StreamViolation {
        try {
            tokens.getInputFeeder().feedInput(octets, 0, length);
        } catch (XMLStreamException broken) {
            throw notWellFormed();
        }
    }

    private int next() throws StreamViolation {
        try {
            return tokens.next();
        } catch (XMLStreamException | RuntimeException broken) {
            // The tokenizer also throws unchecked exceptions for some broken names.
            throw notWellFormed();
        }
    }

    private StreamViolation notWellFormed() {
        return window.contains("<!DOCTYPE")
                ? new StreamViolation(StreamCondition.RESTRICTED_XML, "streams have no document type")
                : new StreamViolation(StreamCondition.NOT_WELL_FORMED, "the stream is not well-formed XML");
    }

    private void take(int token) throws StreamViolation {
        switch (token) {
            case XMLStreamConstants.START_DOCUMENT -> requireUtf8();
            case XMLStreamConstants.START_ELEMENT -> start();
            case XMLStreamConstants.END_ELEMENT -> end();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
            default ->
                throw new StreamViolation(
                        StreamCondition.RESTRICTED_XML,
                        "streams have no comments, processing instructions, document types and entities");
        }
    }

    private void requireUtf8() throws StreamViolation {
        String encoding = tokens.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw new StreamViolation(StreamCondition.UNSUPPORTED_ENCODING, "streams are in UTF-8");
        }
    }

    private void start() throws StreamViolation {
        depth++;
        long tagEnd = place();
        requireModest(tagEnd);
        if (depth == 1) {
            open(tagEnd);
        } else if (depth == 2) {
            window.dropSpace();
            begin(tagEnd);
        } else if (element != null) {
            element.start(tokens);
        }
    }

    private void requireModest(long tagEnd) throws StreamViolation {
        if (depth - 1 > limits.depth()) {
            throw tooMuch("elements nest too deep");
        }
        if (tokens.getAttributeCount() + tokens.getNamespaceCount() > limits.attributes()) {
            throw tooMuch("an element has too many attributes");
        }
        if (tokens.getLocalName().length() > limits.name()
                || (tokens.getPrefix() != null && tokens.getPrefix().length() > limits.name())) {
            throw tooMuch("a name is too long");
        }
        if (tagEnd - window.start() <= limits.name()) {
            return;
        }
        for (int i = 0; i < tokens.getAttributeCount(); i++) {
            if (tokens.getAttributeValue(i).length() > limits.attribute()
                    || tokens.getAttributeLocalName(i).length() > limits.name()) {
                throw tooMuch("an attribute is too long");
            }
        }
    }

    private void open(long tagEnd) throws StreamViolation {
        if (!namespace(tokens).equals(Namespaces.STREAM)) {
            throw new StreamViolation(StreamCondition.INVALID_NAMESPACE, "this is no stream of XMPP");
        }
        if (!tokens.getLocalName().equals("stream")) {
            throw new StreamViolation(StreamCondition.BAD_FORMAT, "a stream begins with the element stream");
        }
        if (!Namespaces.SERVER.equals(tokens.getNamespaceURI(""))) {
            throw new StreamViolation(StreamCondition.INVALID_NAMESPACE, "the content namespace is not jabber:server");
        }
        requireWithin(tagEnd - window.start(), limits.element());
        Map<String, String> prefixes = new HashMap<>();
        for (int i = 0; i < tokens.getNamespaceCount(); i++) {
            Optional.ofNullable(tokens.getNamespacePrefix(i))
                    .filter(prefix -> !prefix.isEmpty())
                    .ifPresent(prefix -> prefixes.put(prefix, tokens.getNamespaceURI(prefix)));
        }
        header = new StreamHeader(
                attribute("from"),
                attribute("to"),
                attribute("id"),
                attribute("version"),
                Optional.ofNullable(tokens.getAttributeValue("http://www.w3.org/XML/1998/namespace", "lang"))
                        .orElse(""),
                prefixes);
        headerOctets = window.between(window.start(), tagEnd);
        window.drop(tagEnd);
        events.opened(header);
    }

    private String attribute(String name) {
        return Optional.ofNullable(tokens.getAttributeValue(null, name)).orElse("");
    }

    private void begin(long tagEnd) throws StreamViolation {
        String name = tokens.getLocalName();
        String namespace = namespace(tokens);
        Optional<Stanza.Kind> kind = Stanza.Kind.of(name);
        if (kind.isPresent() && namespace.equals(Namespaces.SERVER)) {
            stanza = new StanzaBuilder(kind.get(), tokens, header, tagEnd);
        } else if (kind.isPresent()) {
            throw new StreamViolation(StreamCondition.INVALID_NAMESPACE, "a stanza is not in jabber:server");
        } else {
            element = new ElementBuilder();
            element.start(tokens);
        }
    }

    private void text() throws StreamViolation {
        requireWellFormedText();
        if (depth == 1 && !tokens.isWhiteSpace()) {
            throw new StreamViolation(StreamCondition.BAD_FORMAT, "there is text between stanzas");
        }
        if (element != null) {
            element.text(tokens.getText());
        }
    }

    /** Text that nobody looks at is skipped, and with it references to entities that do not exist. */
    private void requireWellFormedText() throws StreamViolation {
        try {
            tokens.getTextLength();
        } catch (Exception broken) { // a checked one too, which the tokenizer does not declare
            throw notWellFormed();
        }
    }

    private void end() throws StreamViolation {
        depth--;
        if (element != null) {
            element.end();
        }
        if (depth == 0) {
            events.closed();
        } else if (depth == 1) {
            complete(place());
        }
    }

    private void complete(long end) throws StreamViolation {
        long size = end - window.start();
        if (window.holdsStraySectionEnd(end)) {
            throw notWellFormed();
        }
        if (stanza != null) {
            requireWithin(size, limits.stanza());
            Stanza complete = stanza.build(window, end);
            stanza = null;
            window.drop(end);
            events.stanza(complete);
        } else {
            requireWithin(size, limits.element());
            Element complete = element.built();
            element = null;
            window.drop(end);
            events.element(complete);
        }
    }

    /** Deals with what is not complete yet. */
    private void rest() throws StreamViolation {
        if (depth == 1 && stanza == null && element == null) {
            window.dropSpace();
            if (window.length() == 0) {
                replaceWornTokenizer();
                return;
            }
        }
        requireWithin(window.length(), depth == 0 || element != null ? limits.element() : limits.stanza());
    }

    private void replaceWornTokenizer() throws StreamViolation {
        if (window.end() - base < REPLACED_AFTER_OCTETS) {
            return;
        }
        tokens = FACTORY.createAsyncForByteArray();
        give(headerOctets, headerOctets.length);
        while (next() != XMLStreamConstants.START_ELEMENT) {
            // The declaration before the header.
        }
        next();
        base = window.end() - headerOctets.length;
    }

    private long place() throws StreamViolation {
        try {
            return base + tokens.getLocationInfo().getEndingByteOffset();
        } catch (XMLStreamException broken) {
            throw notWellFormed();
        }
    }

    private static void requireWithin(long size, int limit) throws StreamViolation {
        if (size > limit) {
            throw tooMuch("more than " + limit + " octets at once");
        }
    }

    private static StreamViolation tooMuch(String what) {
        return new StreamViolation(StreamCondition.POLICY_VIOLATION, what);
    }

    static String namespace(XMLStreamReader tag) {
        return Optional.ofNullable(tag.getNamespaceURI()).orElse("");
    }
}
