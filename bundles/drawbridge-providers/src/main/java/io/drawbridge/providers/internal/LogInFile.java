// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal;

import io.drawbridge.providers.internal.account.LogIns.Budget;
import io.drawbridge.providers.internal.account.LogIns.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A budget of log-ins in a file. A file that cannot be read means that nothing is left: rather too late than a storm.
 *
 * @param file where
 * @param scribe who writes it
 */
record LogInFile(Path file, Scribe scribe) implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(LogInFile.class);

    @Override
    public Optional<Budget> read() {
        try {
            return scribe.read(file).map(LogInFile::budget);
        } catch (IOException | NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException broken) {
            LOG.warn("The budget of log-ins in {} cannot be read; it starts empty", file, broken);
            return Optional.of(new Budget(0, Instant.now()));
        }
    }

    private static Budget budget(String text) {
        String[] words = text.strip().split(" ", -1);
        return new Budget(Double.parseDouble(words[0]), Instant.parse(words[1]));
    }

    @Override
    public CompletionStage<Void> write(Budget budget) {
        return scribe.write(file, budget.left() + " " + budget.at() + "\n");
    }
}
