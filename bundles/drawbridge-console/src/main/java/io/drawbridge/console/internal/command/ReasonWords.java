// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.policy.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Reasons as the metrics write them, and as JSON does. */
@Service
public final class ReasonWords implements Completer {
    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(words()).complete(session, line, candidates);
    }

    /** Reads a reason in either case. */
    static Reason reason(String word) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        word + " is no reason; reasons are: " + String.join(", ", words())));
    }

    private static List<String> words() {
        return Arrays.stream(Reason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toList());
    }
}
