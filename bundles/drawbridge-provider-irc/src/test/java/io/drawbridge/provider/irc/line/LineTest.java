// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineTest {
    private static Line read(String text) {
        return Line.parse(text).orElseThrow();
    }

    @Test
    void allPartsAreRead() {
        Line line = read("@time=2026-01-01T00:00:00.000Z;+typing=active;empty :bob!b@host privmsg  alice :hi : there ");
        assertThat(line.tags()).isEqualTo(Map.of("time", "2026-01-01T00:00:00.000Z", "+typing", "active", "empty", ""));
        assertThat(line.nick()).isEqualTo("bob");
        assertThat(line.isFromPerson()).isTrue();
        assertThat(line.command()).isEqualTo("PRIVMSG");
        assertThat(line.params()).isEqualTo(List.of("alice", "hi : there "));
        assertThat(read(":irc.example 001 alice :Welcome").isFromPerson()).isFalse();
        assertThat(read("PING :x").last()).isEqualTo("x");
        assertThat(read("AWAY").last()).isEmpty();
        assertThat(read(":a AWAY :").params()).isEqualTo(List.of(""));
    }

    @Test
    void escapesInTagsAreThoseOfTheSpecification() {
        assertThat(read("@a=x\\:y\\sz\\\\\\r\\n\\q\\ C").tag("a")).contains("x;y z\\\r\nq");
    }

    @Test
    void whatIsNoLineIsNone() {
        for (String text : List.of("", " ", ":", ":source", "@tag", "@tag :source", "@", "12 x", "B@D x", "\u0001 x")) {
            assertThat(Line.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void anythingIsReadWithoutHarm() {
        Random random = new Random(1);
        String signs = "@: ;=\\!\r\n\u0000abc019é\uD83D\uDE00";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            Line.parse(text.toString()).ifPresent(line -> {
                assertThat(line.nick()).isNotNull();
                assertThat(line.last()).isNotNull();
            });
        }
        assertThat(read("@" + "a;".repeat(4000) + " PING x").tags()).hasSizeLessThanOrEqualTo(128);
    }

    @Test
    void whatIsSentIsOneLineOrNothing() {
        assertThat(Line.of("PRIVMSG", "bob", "hello there").text()).isEqualTo("PRIVMSG bob :hello there");
        assertThat(Line.of("PRIVMSG", "bob", ":)").text()).isEqualTo("PRIVMSG bob ::)");
        assertThat(Line.of("AWAY", "").text()).isEqualTo("AWAY :");
        assertThat(Line.of("TAGMSG", "bob").tagged("+typing", "done").text()).isEqualTo("@+typing=done TAGMSG bob");
        for (String bad : List.of("a\rQUIT", "a\nQUIT", "a\u0000b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Line.of("PRIVMSG", "bob", bad).text());
        }
        for (String bad : List.of("", "a b", ":a", "a\nb")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Line.of("PRIVMSG", bad, "text").text());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Line.of("PRIVMSG", "bob", "x").tagged("label", "a b").text());
    }
}
