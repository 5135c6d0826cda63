// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.shell;

import io.drawbridge.console.internal.change.Refused;
import io.drawbridge.console.internal.view.Json;
import io.drawbridge.console.internal.view.ProblemText;
import io.drawbridge.console.internal.view.Times;
import io.drawbridge.console.internal.view.View;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;

/** What every command of the scope {@code drawbridge} has in common: it makes a view, which is shown as text or JSON. */
public abstract class EdgeCommand implements Action {
    private static final int WIDTH_WITHOUT_TERMINAL = 120;
    private static final int NARROWEST = 60;

    @Option(name = "--json", description = "Prints JSON for programs instead of text for people.")
    private boolean json;

    @Reference
    private BundleContext context;

    @Reference
    private Session session;

    @Override
    public final Object execute() throws Exception {
        try (Services services = new Services(context)) {
            show(run(services, TrailingOptions.apply(this, words())));
        } catch (Refused refused) {
            String text = ProblemText.refusal(refused.settings(), refused.stored(), width());
            throw json
                    ? told(ProblemText.data(refused.settings(), refused.stored()), refused)
                    : new CommandException(text, refused);
        } catch (CommandException wrong) {
            throw json ? told(Map.of("error", wrong.getMessage()), wrong) : wrong;
        } catch (IllegalArgumentException | IOException wrong) {
            // As a CommandException it is shown without being logged as a fault of the appliance.
            throw json
                    ? told(Map.of("error", String.valueOf(wrong.getMessage())), wrong)
                    : new CommandException(wrong.getMessage(), wrong);
        }
        return null;
    }

    /** The shell shows the help of a failure as it is, and its message in colour behind words for people. */
    private static CommandException told(Map<String, Object> error, Exception cause) {
        return new CommandException(Json.text(error), cause.getMessage(), cause);
    }

    /**
     * Does what the command is for.
     *
     * @param operands the words of {@link #words} that are not options
     * @throws Exception with a message for the user
     */
    protected abstract View run(Services services, List<String> operands) throws Exception;

    /**
     * Returns the words after the command's name that were not bound to a field. Karaf takes options before the first
     * argument only; those that come later are still among these words.
     */
    protected List<String> words() {
        return List.of();
    }

    /** Prints a view at once. */
    protected final void show(View view) {
        session.getConsole().print(json ? Json.text(view.data()) + "\n" : view.text(width()));
        session.getConsole().flush();
    }

    /** Returns the session this command was typed in. */
    protected final Session session() {
        return session;
    }

    /** Returns whether whoever typed this is still there to read what is printed. */
    protected final boolean isRead() {
        session.getConsole().flush();
        return !session.getConsole().checkError();
    }

    /**
     * Asks for a word without showing it.
     *
     * @param instead what to type where nobody can be asked
     */
    protected final String secret(String prompt, String instead) throws CommandException, IOException {
        try {
            return session.readLine(prompt, '*');
        } catch (UnsupportedOperationException noTerminal) {
            throw new CommandException("without a terminal nobody can be asked; " + instead, noTerminal);
        }
    }

    /** Returns the width of the terminal in columns. */
    protected final int width() {
        Terminal terminal = session.getTerminal();
        int width = terminal == null ? told() : terminal.getWidth();
        return width <= 0 ? WIDTH_WITHOUT_TERMINAL : Math.max(width, NARROWEST);
    }

    /** A client that runs a single command has no terminal here, but tells the width of its own. */
    private int told() {
        Object columns = session.get("COLUMNS");
        return columns != null && columns.toString().matches("[0-9]{1,4}") ? Integer.parseInt(columns.toString()) : 0;
    }

    /** Returns the time now, to be shown in the zone of the appliance. */
    protected static Times times() {
        return Times.of(Clock.system(ZoneId.systemDefault()));
    }
}
