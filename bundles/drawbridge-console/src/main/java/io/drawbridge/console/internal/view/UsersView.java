// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import java.util.List;

/**
 * The users of the embedded home.
 *
 * @param users the users, by address
 */
public record UsersView(List<User> users) implements View {
    @Override
    public String text(int width) {
        if (users.isEmpty()) {
            return Prose.wrapped("The embedded home has no users. Make one: drawbridge:users add USER@DOMAIN", width);
        }
        Table table =
                new Table().cut("ADDRESS").cut("NAME").cut("PRESENCE SHOWN TO").extra("CONFIGURED IN");
        users.forEach(user -> table.row(user.address, user.displayName, user.shownTo, user.pid));
        return table.text(width);
    }

    @Override
    public Object data() {
        return users;
    }

    /**
     * A user.
     *
     * @param address the address
     * @param displayName the name for people
     * @param shownTo who may see the presence
     * @param pid where the user is configured
     */
    public record User(String address, String displayName, String shownTo, String pid) {}
}
