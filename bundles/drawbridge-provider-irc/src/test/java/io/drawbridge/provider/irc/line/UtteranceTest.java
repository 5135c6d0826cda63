// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UtteranceTest {
    @Test
    void formattingAndControlCharactersGoAndTextStays() {
        assertThat(Utterance.plain("\u0002b\u001di\u001fu\u001es\u0011m\u0016r\u000fo"))
                .isEqualTo("biusmro");
        assertThat(Utterance.plain("\u00034,12red\u0003 \u000312x \u0003,5 \u0004FF0000hex\u0004"))
                .isEqualTo("red x ,5 hex");
        assertThat(Utterance.plain("a\tb\u0007\u0085\u009Fc")).isEqualTo("a\tbc");
    }

    @Test
    void eachLineOfATextIsALineAndEmptyOnesAreNone() {
        assertThat(Utterance.split("one\r\ntwo\n\n \rthree\u2028four", 100))
                .isEqualTo(List.of("one", "two", "three", "four"));
        assertThat(Utterance.split("\r\n \n", 100)).isEmpty();
        assertThat(Utterance.split("\u0001VERSION\u0001 \u0002x\u0000", 100)).isEqualTo(List.of("VERSION x"));
    }

    @Test
    void aLongLineBreaksBetweenWordsElseBetweenCharacters() {
        assertThat(Utterance.split("alpha beta gamma", 11)).isEqualTo(List.of("alpha beta", "gamma"));
        assertThat(Utterance.split("abcdefghij", 4)).isEqualTo(List.of("abcd", "efgh", "ij"));
        assertThat(Utterance.split("ééé", 4)).isEqualTo(List.of("éé", "é"));
        assertThat(Utterance.split("🦜🦜", 7)).isEqualTo(List.of("🦜", "🦜"));
        assertThat(Utterance.split("a\uD83Eb", 100)).isEqualTo(List.of("a\uFFFDb"));
    }

    @Test
    void noLineIsTooLongAndNoCharacterIsLostOrBroken() {
        Random random = new Random(2);
        String[] signs = {"a", " ", "é", "€", "🦜", "\n"};
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(200); n > 0; n--) {
                text.append(signs[random.nextInt(signs.length)]);
            }
            int most = 4 + random.nextInt(40);
            List<String> lines = Utterance.split(text.toString(), most);
            assertThat(lines).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= most);
            assertThat(String.join("", lines).replaceAll("\\s", ""))
                    .isEqualTo(text.toString().replaceAll("\\s", ""));
        }
    }

    @Test
    void octetsAreCountedAndReadAsTheyAre() {
        for (String text : List.of("", "abc", "é€", "🦜", "a🦜é")) {
            assertThat(Octets.count(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
            assertThat(Octets.text(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        }
        assertThat(Octets.text((byte) 'G', (byte) 0xFC, (byte) 0x80))
                .as("an old client")
                .isEqualTo("Gü€");
        assertThat(Octets.head("é€🦜", 4)).isEqualTo("é");
    }

    @Test
    void whatClientsSayToClientsIsNotForPeople() {
        assertThat(Ctcp.in("hello")).isEmpty();
        assertThat(Ctcp.in("")).isEmpty();
        assertThat(Ctcp.in("\u0001")).contains(new Ctcp("", ""));
        assertThat(Ctcp.in("\u0001action waves")).contains(new Ctcp("ACTION", "waves"));
        assertThat(Ctcp.in("\u0001PING 1 2\u0001tail")).contains(new Ctcp("PING", "1 2"));
        assertThat(new Ctcp("VERSION", "x").text()).isEqualTo("\u0001VERSION x\u0001");
    }
}
