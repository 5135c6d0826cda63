// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal;

import io.drawbridge.providers.internal.account.LogIns.Budget;
import io.drawbridge.providers.internal.account.LogIns.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A budget of log-ins in a file. A file that cannot be read means that nothing is left: rather too late than a storm.
 *
 * @param file where
 */
record LogInFile(Path file) implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(LogInFile.class);

    @Override
    public Optional<Budget> read() {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            String[] words = Files.readString(file).strip().split(" ", -1);
            return Optional.of(new Budget(Double.parseDouble(words[0]), Instant.parse(words[1])));
        } catch (IOException | NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException broken) {
            LOG.warn("The budget of log-ins in {} cannot be read; it starts empty", file, broken);
            return Optional.of(new Budget(0, Instant.now()));
        }
    }

    @Override
    public void write(Budget budget) {
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, budget.left() + " " + budget.at() + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            LOG.warn("The budget of log-ins cannot be kept in {}", file, full);
        }
    }
}
