// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A line of {@code addresses/vectors.tsv}.
 *
 * @param name its name
 * @param from whose address the input is
 * @param input the address as it comes
 * @param expected what it becomes, or {@code !} and the refusal
 * @param back what that becomes on the way back; empty after a refusal
 * @param rule the rule it shows
 */
record AddressVector(String name, Protocol from, String input, String expected, String back, String rule) {
    /** Returns the vectors whose input is an address of a protocol. */
    static Stream<AddressVector> from(Protocol protocol) {
        return all().stream().filter(vector -> vector.from == protocol);
    }

    /** Returns whether the input has no equal on the other side. */
    boolean isRefused() {
        return expected.startsWith("!");
    }

    /** Returns the SIP status or XMPP condition of a refusal. */
    String refusal() {
        return expected.substring(1);
    }

    /**
     * Takes a SIP URI apart without judging it, for comparison with what the product makes of it: the port, the password,
     * parameters but {@code gr} and those behind the brackets are left out, and escapes are decoded once.
     */
    static Instance named(String uri) {
        String bare = uri.replaceFirst("^<(.*)>.*$", "$1").replaceFirst("^(sip|im):", "");
        int at = bare.lastIndexOf('@');
        String user = at < 0 ? "" : bare.substring(0, at).replaceFirst(":.*", "");
        String[] host = bare.substring(at + 1).replaceFirst("\\?.*", "").split(";gr=", 2);
        DomainName domain = DomainName.of(host[0].replaceFirst("[:;].*", ""));
        return new Instance(Principal.of(percentDecoded(user), domain), host.length < 2 ? "" : percentDecoded(host[1]));
    }

    private static String percentDecoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name + " " + (input.length() > 60 ? input.substring(0, 60) + "…" : input);
    }

    private static List<AddressVector> all() {
        try {
            Path file = Path.of(
                    AddressVector.class.getResource("/addresses/vectors.tsv").toURI());
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cell -> new AddressVector(cell[0], Protocol.of(cell[1]), cell[2], cell[3], cell[4], cell[5]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The protocols between which addresses are mapped. */
    enum Protocol {
        /** SIP, and the schemes {@code im} and {@code pres}. */
        SIP,
        /** XMPP. */
        XMPP;

        private static Protocol of(String direction) {
            return direction.equals("sip-to-xmpp") ? SIP : XMPP;
        }
    }
}
