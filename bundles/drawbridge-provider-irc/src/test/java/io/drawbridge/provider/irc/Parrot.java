// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.testbed.IrcUser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody on an IRC network who says back what is said to them. */
final class Parrot implements AutoCloseable {
    private final String before;
    private final IrcUser user;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    Parrot(int port, String nick) {
        before = " PRIVMSG " + nick + " :";
        user = new IrcUser(port, nick, this::hear);
    }

    private void hear(IrcUser self, String line) {
        int text = line.indexOf(before);
        if (text > 0) {
            String said = line.substring(text + before.length());
            heard.add(said);
            self.says(line.substring(1, line.indexOf('!')), said);
        }
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        user.close();
    }
}
