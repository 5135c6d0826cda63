// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.shell.TrailingOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes the words after a command's action: known operands, then the command's options. */
abstract class TrailingWords implements Completer {
    @Reference
    private BundleContext context;

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        String[] words = line.getArguments();
        if (words.length == 1) {
            // Karaf verifies earlier words one by one before it completes the next; a new name is as good as a known
            // one.
            candidates.add(words[0]);
            return 0;
        }
        String typed = line.getCursorArgument() == null ? "" : line.getCursorArgument();
        Collection<String> known = new ArrayList<>();
        if (typed.startsWith("-")) {
            known.addAll(TrailingOptions.options(command()).keySet());
        } else {
            try (Services services = new Services(context)) {
                known.addAll(operands(services, words, line.getCursorArgumentIndex()));
            }
        }
        return new StringsCompleter(known).complete(session, line, candidates);
    }

    /** Returns the command whose options are completed. */
    abstract Class<? extends EdgeCommand> command();

    /**
     * Returns what is known to fit.
     *
     * @param words the command line, the command's name first
     * @param index which of them is being typed
     */
    abstract Collection<String> operands(Services services, String[] words, int index);
}
