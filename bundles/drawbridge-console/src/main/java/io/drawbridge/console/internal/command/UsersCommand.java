// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.model.Address;
import io.drawbridge.console.internal.change.ConfigurationChanges;
import io.drawbridge.console.internal.change.Refused;
import io.drawbridge.console.internal.change.Words;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Operands;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.Done;
import io.drawbridge.console.internal.view.UsersView;
import io.drawbridge.console.internal.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Lists and changes the users of the embedded home. */
@Service
@Command(
        scope = "drawbridge",
        name = "users",
        description = "Lists, adds and removes users of the embedded home, and sets their passwords.",
        detailedDescription =
                """
                list                  lists the users
                add USER@DOMAIN       makes a user; asks for the password
                password USER@DOMAIN  sets a new password
                remove USER@DOMAIN    removes a user
                Only hashes of passwords are stored. With a next hop configured these
                users are not used.
                Examples:
                  drawbridge:users add alice@contoso.example --name "Alice"
                  drawbridge:users password alice@contoso.example
                """)
public final class UsersCommand extends EdgeCommand {
    static final String FACTORY_PID = "io.drawbridge.home.user";

    @Argument(name = "action", description = "list, add, password or remove.")
    @Completion(
            value = StringsCompleter.class,
            values = {"list", "add", "password", "remove"})
    private String action = "list";

    @Argument(index = 1, name = "user", description = "The address USER@DOMAIN, then options.", multiValued = true)
    @Completion(UserWords.class)
    private List<String> words = new ArrayList<>();

    @Option(name = "--name", description = "add: the name for people.")
    private String name;

    @Option(name = "--allow-all", description = "add: every verified watcher may see the user's presence.")
    private boolean allowAll;

    @Option(
            name = "--password",
            description = "add, password: the password. It stays in the shell's history; without it you are asked.",
            censor = true)
    private String password;

    @Override
    protected List<String> words() {
        return words;
    }

    @Override
    protected View run(Services services, List<String> given) throws CommandException, IOException, Refused {
        Operands operands = new Operands("drawbridge:users " + action, given);
        ConfigurationChanges changes = Parts.changes(services);
        return switch (action) {
            case "list" -> {
                operands.exactly();
                yield list(changes);
            }
            case "add" -> add(changes, user(operands));
            case "password" -> password(changes, user(operands));
            case "remove" -> remove(changes, user(operands));
            default -> throw new CommandException("no action '" + action + "'; there are list, add, password, remove");
        };
    }

    private static Address user(Operands operands) throws CommandException {
        return Address.of(operands.exactly("USER@DOMAIN").get(0)).folded();
    }

    private static View list(ConfigurationChanges changes) throws IOException {
        List<UsersView.User> users = new ArrayList<>();
        changes.instances(FACTORY_PID)
                .forEach((pid, properties) -> users.add(new UsersView.User(
                        properties.getOrDefault("address", "").toString(),
                        properties.getOrDefault("displayName", "").toString(),
                        Boolean.parseBoolean(String.valueOf(properties.get("allowAll")))
                                ? "everybody"
                                : Words.text(Words.of(properties.get("allow"))),
                        pid)));
        users.sort(Comparator.comparing(UsersView.User::address));
        return new UsersView(users);
    }

    private View add(ConfigurationChanges changes, Address user) throws CommandException, IOException, Refused {
        if (changes.properties(pid(user)).isPresent()) {
            throw new CommandException(user + " exists; drawbridge:users password sets a new password");
        }
        Map<String, Object> values = new HashMap<>(Map.of("address", user.toString()));
        if (name != null) {
            values.put("displayName", name);
        }
        if (allowAll) {
            values.put("allowAll", "true");
        }
        values.putAll(Ha1.of(user, asked(user)));
        return Done.of(user + " may register.", "Configured in " + changes.put(FACTORY_PID, user.toString(), values));
    }

    private View password(ConfigurationChanges changes, Address user) throws CommandException, IOException, Refused {
        if (changes.properties(pid(user)).isEmpty()) {
            throw new CommandException("there is no user " + user);
        }
        changes.set(pid(user), new HashMap<>(Ha1.of(user, asked(user))));
        return Done.of(user + " has a new password.");
    }

    private static View remove(ConfigurationChanges changes, Address user)
            throws CommandException, IOException, Refused {
        if (!changes.delete(pid(user))) {
            throw new CommandException("there is no user " + user);
        }
        return Done.of(user + " is removed.");
    }

    private String asked(Address user) throws CommandException, IOException {
        String first = password != null ? password : session().readLine("Password of " + user + ": ", '*');
        String second = password != null ? password : session().readLine("Once more: ", '*');
        if (first == null || first.isEmpty()) {
            throw new CommandException("an empty password is no password");
        }
        if (!first.equals(second)) {
            throw new CommandException("the two passwords differ; nothing was changed");
        }
        return first;
    }

    private static String pid(Address user) {
        return FACTORY_PID + "~" + user;
    }
}
