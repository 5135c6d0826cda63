// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Specified;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chunks become messages: RFC 4975 section 7.3.1. */
class MsrpAssemblyTest {
    private final MsrpAssembly assembly = new MsrpAssembly(20);

    private MsrpAssembly.Result takes(String id, String range, String content, Continuation continuation) {
        MsrpUri end = MsrpUri.of(io.drawbridge.api.model.HostPort.of("a.example:1"), "s");
        Map<String, String> headers = id.isEmpty() ? Map.of() : Map.of("Message-ID", id, "Byte-Range", range);
        return assembly.take(new MsrpFrame.Request(
                "abcd",
                "SEND",
                List.of(end),
                List.of(end),
                headers,
                new MsrpContent(content.getBytes(StandardCharsets.UTF_8)),
                continuation));
    }

    private static String whole(MsrpAssembly.Result result) {
        assertThat(result).isInstanceOf(MsrpAssembly.Result.Complete.class);
        return ((MsrpAssembly.Result.Complete) result).content().toString();
    }

    @Test
    void oneChunkIsAMessage() {
        assertThat(whole(takes("m1", "1-5/5", "Hello", Continuation.COMPLETE))).isEqualTo("Hello");
    }

    /** "chunks may interleave; receiver reassembles by Message-ID and offset". */
    @Test
    @Specified(
            document = "RFC 4975",
            section = "7.3.1",
            requirement = "Chunks may interleave and are put together by Message-ID and offset")
    void chunksComeInAnyOrderAndBetweenEachOther() {
        assertThat(takes("m1", "1-*/*", "ab", Continuation.MORE)).isInstanceOf(MsrpAssembly.Result.Incomplete.class);
        assertThat(takes("m2", "3-4/4", "34", Continuation.COMPLETE))
                .isInstanceOf(MsrpAssembly.Result.Incomplete.class);
        assertThat(whole(takes("m1", "3-4/*", "cd", Continuation.COMPLETE))).isEqualTo("abcd");
        assertThat(whole(takes("m2", "1-2/4", "12", Continuation.MORE))).isEqualTo("1234");
    }

    @Test
    void whatIsGivenUpIsForgotten() {
        takes("m1", "1-2/4", "ab", Continuation.MORE);
        assertThat(takes("m1", "3-4/4", "c", Continuation.ABORTED)).isInstanceOf(MsrpAssembly.Result.Aborted.class);

        assertThat(takes("m1", "3-4/4", "cd", Continuation.COMPLETE))
                .isInstanceOf(MsrpAssembly.Result.Incomplete.class);
    }

    @ParameterizedTest
    @CsvSource({
        "m1, 1-21/21, x, 413",
        "m1, 1-*/999999999999999, x, 413",
        "m1, 20-*/*, xx, 413",
        "m1, 999999999999999-*/*, x, 413",
        "m1, 2-3/2, xx, 423",
        "m1, nonsense, x, 423",
        "'', 1-1/1, x, 400"
    })
    void whatBreaksTheBoundsIsRefused(String id, String range, String content, int status) {
        assertThat(takes(id, range, content, Continuation.COMPLETE))
                .isInstanceOfSatisfying(MsrpAssembly.Result.Refused.class, refused -> assertThat(refused.status())
                        .isEqualTo(status));
    }

    /** Nobody makes the gateway hold more than a few unfinished messages; whoever sent the rest is told. */
    @Test
    void theOldestOfManyUnfinishedMessagesIsDroppedAndItsRestRefused() {
        for (int i = 0; i < 9; i++) {
            takes("m" + i, "1-2/4", "ab", Continuation.MORE);
        }

        assertThat(takes("m0", "3-4/4", "cd", Continuation.COMPLETE))
                .isInstanceOfSatisfying(MsrpAssembly.Result.Refused.class, refused -> assertThat(refused.status())
                        .isEqualTo(413));
        assertThat(whole(takes("m8", "3-4/4", "cd", Continuation.COMPLETE))).isEqualTo("abcd");
    }
}
