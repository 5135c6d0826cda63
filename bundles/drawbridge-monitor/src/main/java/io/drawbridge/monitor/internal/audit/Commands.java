// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.osgi.service.component.annotations.Component;

/**
 * Who runs a command that deals with features. The container installs features on a thread of its own that knows no
 * login, while the command that asked for it waits.
 */
@Component(service = {CommandSessionListener.class, Commands.class})
public final class Commands implements CommandSessionListener {
    private static final String SYSTEM = "system";

    private final Map<CommandSession, String> running = new ConcurrentHashMap<>();

    @Override
    public void beforeExecute(CommandSession session, CharSequence command) {
        if (mentions(command, "feature") || mentions(command, "kar:")) {
            running.put(session, Actor.current(""));
        }
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Exception failure) {
        running.remove(session);
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Object result) {
        running.remove(session);
    }

    /** Names the user of this thread, else whoever waits for features; several if it could be any of them. */
    String actor() {
        String here = Actor.current("");
        if (!here.equals(SYSTEM) || running.isEmpty()) {
            return here;
        }
        return running.values().stream().distinct().sorted().collect(Collectors.joining(" or "));
    }

    /** Tells whether a command line uses a word, anywhere: it may be a script. */
    static boolean mentions(CharSequence command, String word) {
        return command.toString().toLowerCase(Locale.ROOT).contains(word);
    }
}
