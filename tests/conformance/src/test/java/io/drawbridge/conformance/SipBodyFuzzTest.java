// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.sip.internal.map.ComposingBody;
import io.drawbridge.sip.internal.map.Content;
import io.drawbridge.sip.internal.map.Cpim;
import io.drawbridge.sip.internal.map.Imdn;
import io.drawbridge.sip.internal.map.LyncPresence;
import io.drawbridge.sip.internal.map.PidfReader;
import io.drawbridge.sip.internal.map.PidfWriter;
import io.drawbridge.sip.internal.map.Unmappable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the bodies of SIP messages hold, what maps them refuses it or makes something of it that every other link can
 * carry. The seeds are played in every build, with a few thousand mutations of them; to look further with coverage
 * feedback, one target at a time:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl tests/conformance test -Dtest=SipBodyFuzzTest#presence</pre>
 *
 * (or {@code #contents}).
 */
class SipBodyFuzzTest {
    private static final int MUTATIONS = 2_000;
    private static final int LARGEST_BODY = 128 << 10;
    private static final Principal ROMEO = Principal.of("romeo", DomainName.of("corp.example"));
    private static final List<String> PRESENCE_TYPES =
            List.of(PidfReader.MEDIA_TYPE, LyncPresence.MSRTC_PIDF, LyncPresence.CATEGORIES, LyncPresence.XPIDF);
    private static final List<String> CONTENT_TYPES = List.of(
            Cpim.MEDIA_TYPE,
            Imdn.MEDIA_TYPE,
            ComposingBody.MEDIA_TYPE,
            "text/plain",
            "text/html",
            "multipart/alternative;boundary=b");

    @FuzzTest(maxDuration = "5m")
    void presence(byte[] input) {
        for (String type : PRESENCE_TYPES) {
            try {
                checkPresence(
                        type.equals(PidfReader.MEDIA_TYPE)
                                ? PidfReader.read(input, ROMEO)
                                : LyncPresence.read(type, input, ROMEO));
            } catch (Unmappable refused) {
                assertThat(refused.status()).isBetween(400, 499);
            }
        }
    }

    private static void checkPresence(PresenceDocument document) throws Unmappable {
        assertThat(document.presentity()).isEqualTo(ROMEO);
        document.instances().forEach(instance -> {
            assertThat(new Instance(ROMEO, instance.instance()).id()).isEqualTo(instance.instance());
            instance.notes().forEach(note -> requireCarried(note.text()));
        });
        PresenceDocument again = PidfReader.read(PidfWriter.write(document).getBytes(UTF_8), ROMEO);
        // Nobody signed in is written as a tuple that is closed.
        assertThat(again.instances()).hasSize(Math.max(1, document.instances().size()));
    }

    @FuzzTest(maxDuration = "5m")
    void contents(byte[] input) {
        for (String type : CONTENT_TYPES) {
            try {
                if (Content.read(type, "", input) instanceof Content.Text text) {
                    requireCarried(text.body().text());
                }
            } catch (Unmappable refused) {
                assertThat(refused.status()).isBetween(400, 499);
            }
        }
        ComposingBody.readKeyboard(input);
    }

    /** XML 1.0 section 2.2: XMPP can carry these characters only. */
    private static void requireCarried(String text) {
        assertThat(text.codePoints())
                .allMatch(c ->
                        c == '\t' || c == '\n' || (c >= ' ' && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF);
    }

    @Test
    void mutatedPresenceIsReadOrRefusedButNeverThrows() {
        play("presence", this::presence);
    }

    @Test
    void mutatedContentsAreReadOrRefusedButNeverThrow() {
        play("contents", this::contents);
    }

    private static void play(String target, Consumer<byte[]> fuzzed) {
        new FuzzSeeds(SipBodyFuzzTest.class, target, "", "<>/='\"&;: 0123456789eE-+.")
                .mutations(MUTATIONS)
                .forEach(fuzzed);
    }

    /** Shapes that hurt parsers most cost no more than others of their size. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "&",
                "<style>",
                "<style></style>",
                "<a>",
                "a:b\r\n",
                "\r\n\r\n",
                "NS: a <b>\r\n",
                "\r\n--b",
                "\u00a0"
            })
    void theWorkGrowsWithTheSizeOnly(String shape) {
        byte[] body =
                Arrays.copyOf(shape.repeat(1 + LARGEST_BODY / shape.length()).getBytes(UTF_8), LARGEST_BODY);
        long start = System.nanoTime();
        contents(body);
        presence(body);
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }
}
