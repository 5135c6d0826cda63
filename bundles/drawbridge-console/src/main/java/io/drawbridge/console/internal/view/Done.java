// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import java.util.List;
import java.util.Map;

/**
 * What a command did, in sentences.
 *
 * @param sentences one for each fact
 */
public record Done(List<String> sentences) implements View {
    /** Takes sentences. */
    public static Done of(String... sentences) {
        return new Done(List.of(sentences));
    }

    @Override
    public String text(int width) {
        StringBuilder text = new StringBuilder();
        sentences.forEach(sentence -> text.append(Prose.wrapped(sentence, width)));
        return text.toString();
    }

    @Override
    public Object data() {
        return Map.of("done", sentences);
    }
}
