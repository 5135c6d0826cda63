// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each view beside the text file that shows how it must look, {@code views/NAME-WIDTH.txt}. */
final class ViewsTest {
    private static final int[] WIDTHS = {80, 100, 120};

    @ParameterizedTest(name = "{0} in {1} columns")
    @MethodSource("views")
    void aViewLooksAsInItsFile(String name, int width, View view) throws IOException {
        assertThat(view.text(width)).isEqualTo(file(name + "-" + width + ".txt"));
    }

    @ParameterizedTest(name = "{0} in {1} columns")
    @MethodSource("views")
    void noLineIsWiderThanTheTerminal(String name, int width, View view) {
        assertThat(view.text(width).lines()).allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                .isLessThanOrEqualTo(width));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("snapshots")
    void asJsonAViewHoldsEverything(String name, View view) throws IOException {
        assertThat(Json.text(view.data()) + "\n").isEqualTo(file(name + ".json"));
    }

    static List<Arguments> views() {
        List<Arguments> arguments = new ArrayList<>();
        Snapshots.all().forEach((name, view) -> {
            for (int width : WIDTHS) {
                arguments.add(Arguments.of(name, width, view));
            }
        });
        return arguments;
    }

    static List<Arguments> snapshots() {
        List<Arguments> arguments = new ArrayList<>();
        for (Map.Entry<String, View> entry : Snapshots.all().entrySet()) {
            arguments.add(Arguments.of(entry.getKey(), entry.getValue()));
        }
        return arguments;
    }

    private static String file(String name) throws IOException {
        try (InputStream file = ViewsTest.class.getResourceAsStream("/views/" + name)) {
            assertThat(file).as("views/" + name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
