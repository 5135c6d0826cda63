// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.home.Question;
import java.util.List;
import java.util.Locale;

/**
 * Who waits for a word of a user of the embedded home.
 *
 * @param questions the questions, by user, those asked first before the others
 * @param times how to show times
 */
public record QuestionsView(List<Question> questions, Times times) implements View {
    @Override
    public String text(int width) {
        if (questions.isEmpty()) {
            return "Nobody waits for a word of a user.\n";
        }
        Table table = new Table()
                .cut("USER")
                .cut("WATCHER")
                .kept(times.title("ASKED"))
                .kept("VOUCHED FOR")
                .extra("CALLS ITSELF");
        questions.forEach(question -> table.row(
                question.user(),
                question.watcher(),
                times.cell(question.since()),
                question.origin().name().toLowerCase(Locale.ROOT),
                question.displayName()));
        return table.text(width);
    }

    @Override
    public Object data() {
        return questions;
    }
}
