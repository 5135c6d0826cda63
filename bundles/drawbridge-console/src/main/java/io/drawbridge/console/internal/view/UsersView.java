// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.home.HomeContact;
import io.drawbridge.api.home.HomeUser;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The users of the embedded home, where they are registered, and who sees them or waits for that.
 *
 * @param users the users, by address
 * @param times how to show times
 */
public record UsersView(List<HomeUser> users, Times times) implements View {
    @Override
    public String text(int width) {
        if (users.isEmpty()) {
            return Prose.wrapped("The embedded home has no users. Make one: drawbridge:users add USER@DOMAIN", width);
        }
        Table table = new Table()
                .cut("ADDRESS")
                .cut("NAME")
                .cut("PRESENCE SHOWN TO")
                .kept("QUESTIONS")
                .kept(times.title("EXPIRES"))
                .extra("CLIENT")
                .extra("FROM")
                .extra("CONFIGURED IN");
        for (HomeUser user : users) {
            List<HomeContact> contacts = user.contacts().stream()
                    .sorted(Comparator.comparing(HomeContact::expires).reversed())
                    .toList();
            table.row(
                    user.address(),
                    user.displayName(),
                    shownTo(user),
                    user.questions().isEmpty() ? "" : user.questions().size(),
                    contacts.isEmpty() ? "" : times.cell(contacts.get(0).expires()),
                    contacts.isEmpty() ? "" : contacts.get(0).client(),
                    contacts.isEmpty() ? "" : contacts.get(0).from(),
                    user.pid());
            contacts.stream()
                    .skip(1)
                    .forEach(contact -> table.row(
                            "", "", "", "", times.cell(contact.expires()), contact.client(), contact.from(), ""));
        }
        return table.text(width);
    }

    private static String shownTo(HomeUser user) {
        Stream<String> allowed = user.allowAll() ? Stream.of("everybody") : user.allow().stream();
        return Stream.concat(allowed, user.block().stream().map(refused -> "not " + refused))
                .collect(Collectors.joining(", "));
    }

    @Override
    public Object data() {
        return users;
    }
}
