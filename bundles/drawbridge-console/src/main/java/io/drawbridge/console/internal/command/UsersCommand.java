// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.home.HomeUser;
import io.drawbridge.api.home.HomeUsers;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.console.internal.change.ConfigurationChanges;
import io.drawbridge.console.internal.change.Refused;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Operands;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.Done;
import io.drawbridge.console.internal.view.QuestionsView;
import io.drawbridge.console.internal.view.UsersView;
import io.drawbridge.console.internal.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
        description = "Lists, adds and removes users of the embedded home, and decides who sees them.",
        detailedDescription =
                """
                list                  lists the users and where they are registered
                add USER@DOMAIN       makes a user; asks for the password
                password USER@DOMAIN  sets a new password
                remove USER@DOMAIN    removes a user
                questions             lists who asked to see a user's presence and waits
                allow USER@DOMAIN WATCHER  lets a watcher see the user's presence
                block USER@DOMAIN WATCHER  refuses it, also to who was let in before
                A watcher is USER@DOMAIN, or DOMAIN for everybody there. Only hashes of passwords are stored. With a next hop configured these
                users are not used.
                Examples:
                  drawbridge:users add alice@contoso.example --name "Alice"
                  drawbridge:users password alice@contoso.example
                  drawbridge:users block alice@contoso.example eve@fabrikam.example
                """)
public final class UsersCommand extends EdgeCommand {
    static final String FACTORY_PID = "io.drawbridge.home.user";

    @Argument(name = "action", description = "list, add, password, remove, questions, allow or block.")
    @Completion(
            value = StringsCompleter.class,
            values = {"list", "add", "password", "remove", "questions", "allow", "block"})
    private String action = "list";

    @Argument(
            index = 1,
            name = "user",
            description = "The address USER@DOMAIN, then a watcher or options.",
            multiValued = true)
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
        HomeUsers home = services.need(HomeUsers.class, Parts.HOME);
        return switch (action) {
            case "list" -> {
                operands.exactly();
                yield new UsersView(home.users(), times());
            }
            case "add" -> add(Parts.changes(services), home, user(operands));
            case "password" -> password(Parts.changes(services), home, user(operands));
            case "remove" -> remove(Parts.changes(services), home, user(operands));
            case "questions" -> {
                operands.exactly();
                yield new QuestionsView(
                        home.users().stream()
                                .flatMap(user -> user.questions().stream())
                                .toList(),
                        times());
            }
            case "allow", "block" -> decide(Parts.changes(services), home, operands);
            default ->
                throw new CommandException(
                        "no action '" + action + "'; there are list, add, password, remove, questions, allow, block");
        };
    }

    private static Address user(Operands operands) throws CommandException {
        return Address.of(operands.exactly("USER@DOMAIN").get(0)).folded();
    }

    private View add(ConfigurationChanges changes, HomeUsers home, Address user)
            throws CommandException, IOException, Refused {
        if (find(home, user).isPresent()) {
            throw new CommandException(user + " exists; drawbridge:users password sets a new password");
        }
        Map<String, Object> values = new HashMap<>(Map.of("address", user.toString()));
        if (name != null) {
            values.put("displayName", name);
        }
        if (allowAll) {
            values.put("allowAll", "true");
        }
        values.putAll(credentials(home, user));
        String pid = changes.put(FACTORY_PID, user.toString(), values);
        boolean acts = changes.await(pid, () -> find(home, user).isPresent());
        return Done.of(user + (acts ? " may register." : " is stored, but not in force yet."), "Configured in " + pid);
    }

    private View password(ConfigurationChanges changes, HomeUsers home, Address user)
            throws CommandException, IOException, Refused {
        HomeUser known = known(home, user);
        changes.set(known.pid(), new HashMap<>(credentials(home, user)));
        return Done.of(user + " has a new password; clients with the old one are cut off.");
    }

    private static View remove(ConfigurationChanges changes, HomeUsers home, Address user)
            throws CommandException, IOException, Refused {
        String pid = known(home, user).pid();
        changes.delete(pid);
        boolean acts = changes.await(pid, () -> find(home, user).isEmpty());
        return Done.of(user + (acts ? " is removed." : " was taken out of " + pid + ", still in force."));
    }

    /** Puts a watcher on one of the user's lists, and takes it off the other. */
    private View decide(ConfigurationChanges changes, HomeUsers home, Operands operands)
            throws CommandException, IOException, Refused {
        List<String> given = operands.exactly("USER@DOMAIN", "WATCHER");
        HomeUser user = known(home, Address.of(given.get(0)).folded());
        String watcher = watcher(given.get(1));
        boolean allows = action.equals("allow");
        changes.set(
                user.pid(),
                Map.of(
                        "allow", list(user.allow(), watcher, allows),
                        "block", list(user.block(), watcher, !allows)));
        boolean acts = changes.await(user.pid(), () -> find(home, user.address())
                .filter(now -> (allows ? now.allow() : now.block()).contains(watcher))
                .isPresent());
        return Done.of(watcher + (allows ? " may see " : " may not see ") + user.address() + "."
                + (acts ? "" : " It is stored, but not in force yet."));
    }

    private static String watcher(String word) throws CommandException {
        if (word.indexOf(',') >= 0) {
            throw new CommandException("a list of watchers cannot hold one with a comma");
        }
        return word.indexOf('@') < 0
                ? DomainName.of(word).value()
                : Address.of(word).folded().toString();
    }

    private static String[] list(List<String> before, String watcher, boolean isOn) {
        Stream<String> others = before.stream().filter(one -> !one.equals(watcher));
        return (isOn ? Stream.concat(others, Stream.of(watcher)) : others).toArray(String[]::new);
    }

    private static Optional<HomeUser> find(HomeUsers home, Address user) {
        return home.users().stream()
                .filter(known -> known.address().equals(user))
                .findFirst();
    }

    private static HomeUser known(HomeUsers home, Address user) throws CommandException {
        return find(home, user).orElseThrow(() -> new CommandException("there is no user " + user));
    }

    private Map<String, String> credentials(HomeUsers home, Address user) throws CommandException, IOException {
        char[] secret = asked(user).toCharArray();
        try {
            return home.credentials(user, secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private String asked(Address user) throws CommandException, IOException {
        if (password != null) {
            return password;
        }
        String first = secret("Password of " + user + ": ", "give --password");
        if (!Objects.equals(first, secret("Once more: ", "give --password"))) {
            throw new CommandException("the two passwords differ; nothing was changed");
        }
        return first == null ? "" : first;
    }
}
