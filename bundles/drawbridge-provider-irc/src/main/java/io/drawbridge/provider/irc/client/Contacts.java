// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.provider.irc.client.Outbox.Urgency;
import io.drawbridge.provider.irc.line.Line;
import io.drawbridge.provider.irc.line.Octets;
import io.drawbridge.provider.irc.line.Utterance;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Whose presence is looked at. The server tells by {@code MONITOR} who comes and goes, for as many as it takes; the others
 * are asked for, in pace, by a {@linkplain RollCall roll call}. Who is away it tells where it has extended-monitor and
 * away-notify; elsewhere those who are there are asked for by {@code USERHOST}.
 */
final class Contacts {
    /** How long after one round of questions the next begins. */
    static final Duration ROUND = Duration.ofSeconds(60);

    private static final int MOST_IN_USERHOST = 5;
    private static final int LONGEST_NOTE = 400;

    private final Outbox outbox;
    private final Capabilities capabilities;
    private final Support support;
    private final Nicks nicks;
    private final Timers timers;
    private final Host host;
    private final RollCall rollCall;
    private final Inquiry more;
    private final Inquiry less;
    private final Inquiry whoIsAway;
    private final Map<String, Contact> contacts = new LinkedHashMap<>();
    private final Set<String> monitored = new HashSet<>();
    private int most = Integer.MAX_VALUE;

    /** One who is watched. */
    private static final class Contact {
        private final Principal watcher;
        private final Principal presentity;
        private final String nick;
        private Optional<Boolean> online = Optional.empty();
        private Optional<String> away = Optional.empty();

        Contact(Principal watcher, Principal presentity, String nick) {
            this.watcher = watcher;
            this.presentity = presentity;
            this.nick = nick;
        }

        boolean isOnline() {
            return online.orElse(false);
        }
    }

    Contacts(
            Outbox outbox,
            Capabilities capabilities,
            Support support,
            Labels labels,
            Nicks nicks,
            Timers timers,
            Host host) {
        this.outbox = outbox;
        this.capabilities = capabilities;
        this.support = support;
        this.nicks = nicks;
        this.timers = timers;
        this.host = host;
        rollCall = new RollCall(outbox, capabilities, support, labels, nicks, timers, this::stands);
        IntSupplier inMonitor = () -> support.targets("MONITOR");
        IntSupplier inUserHost = () -> Math.min(MOST_IN_USERHOST, support.targets("USERHOST"));
        more = inquiry(Urgency.PRESENCE, inMonitor, some -> monitor("+", some));
        less = inquiry(Urgency.PRESENCE, inMonitor, some -> monitor("-", some));
        whoIsAway = inquiry(
                Urgency.QUESTION,
                inUserHost,
                some -> Line.of("USERHOST", some.values().toArray(String[]::new)));
    }

    /** Whose answers name those they are about may be asked at any time. */
    private Inquiry inquiry(Urgency urgency, IntSupplier most, Function<Map<String, String>, Line> question) {
        return new Inquiry(outbox, timers, urgency, () -> true, most, question);
    }

    /** Returns who asks who is there. */
    RollCall rollCall() {
        return rollCall;
    }

    /** Starts to ask in rounds. */
    void begin() {
        timers.after(ROUND, this::round);
    }

    void watch(Principal watcher, Principal presentity) {
        Optional<String> nick = nicks.of(presentity);
        if (nick.isEmpty()) {
            host.presence(watcher, PresenceDocument.offline(presentity));
            return;
        }
        String folded = nicks.fold(nick.get());
        Contact known = contacts.get(folded);
        if (known != null) {
            if (known.online.isPresent()) {
                tell(known);
            }
            return;
        }
        contacts.put(folded, new Contact(watcher, presentity, nick.get()));
        if (less.forget(folded)) {
            // The server still has it on its list, and would not say again what it said before.
            monitored.add(folded);
            rollCall.newcomer(folded, nick.get());
        } else if (monitored.size() + less.size() < Math.min(most, support.monitored())) {
            monitored.add(folded);
            more.about(folded, nick.get());
        } else {
            rollCall.newcomer(folded, nick.get());
        }
    }

    void unwatch(Principal presentity) {
        nicks.of(presentity).map(nicks::fold).ifPresent(folded -> {
            Contact gone = contacts.remove(folded);
            rollCall.forget(folded);
            whoIsAway.forget(folded);
            if (monitored.remove(folded) && !more.forget(folded)) {
                less.about(folded, gone.nick);
            }
        });
    }

    private static Line monitor(String sign, Map<String, String> some) {
        return Line.of("MONITOR", sign, String.join(",", some.values()));
    }

    /** Asks what the server does not tell by itself; the next round waits until this one has been asked. */
    private void round() {
        if (outbox.isIdle(Urgency.QUESTION)) {
            contacts.forEach((folded, contact) -> {
                if (!monitored.contains(folded)) {
                    rollCall.again(folded, contact.nick);
                }
                if (contact.isOnline() && !isToldWhoIsAway()) {
                    whoIsAway.about(folded, contact.nick);
                }
            });
        }
        timers.after(ROUND, this::round);
    }

    private boolean isToldWhoIsAway() {
        return capabilities.has(Capabilities.MONITOR_MORE) && capabilities.has(Capabilities.AWAY);
    }

    /** RPL_MONONLINE, RPL_MONOFFLINE: a list with commas, of masks or nicks. */
    void monitored(Line line, boolean online) {
        for (String mask : line.last().split(",", -1)) {
            stands(nicks.fold(beforeBang(mask)), online);
        }
    }

    private static String beforeBang(String mask) {
        int bang = mask.indexOf('!');
        return bang < 0 ? mask : mask.substring(0, bang);
    }

    /** ERR_MONLISTFULL: nick, limit, the nicks that are too many. Those are asked for instead. */
    void tooMany(Line line) {
        for (String nick : line.param(2).split(",", -1)) {
            String folded = nicks.fold(nick);
            if (monitored.remove(folded)) {
                Optional.ofNullable(contacts.get(folded)).ifPresent(contact -> rollCall.again(folded, contact.nick));
            }
        }
        most = monitored.size();
    }

    /** RPL_USERHOST: {@code nick[*]=(+|-)host}, where a minus says away. */
    void userHosts(Line line) {
        for (String entry : line.last().strip().split(" +", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0 && equals + 1 < entry.length()) {
                String nick = entry.substring(0, entry.charAt(equals - 1) == '*' ? equals - 1 : equals);
                boolean away = entry.charAt(equals + 1) == '-';
                Contact contact = contacts.get(nicks.fold(nick));
                if (contact != null && contact.isOnline() && contact.away.isPresent() != away) {
                    setAway(contact, away ? Optional.of("") : Optional.empty());
                }
            }
        }
    }

    /** Somebody said to be away, or back: {@code AWAY}, or RPL_AWAY as an answer to a message. */
    void away(String nick, Optional<String> text) {
        Contact contact = contacts.get(nicks.fold(nick));
        if (contact != null && contact.isOnline()) {
            setAway(contact, text.map(words -> Octets.head(Utterance.plain(words), LONGEST_NOTE)));
        }
    }

    private void setAway(Contact contact, Optional<String> text) {
        if (!contact.away.equals(text)) {
            contact.away = text;
            tell(contact);
        }
    }

    /** Somebody is there, or not; whoever has come is asked for whether they are away. */
    private void stands(String folded, boolean online) {
        Contact contact = contacts.get(folded);
        if (contact == null || contact.online.filter(known -> known == online).isPresent()) {
            return;
        }
        contact.online = Optional.of(online);
        contact.away = Optional.empty();
        tell(contact);
        if (online) {
            whoIsAway.about(folded, contact.nick);
        } else {
            whoIsAway.forget(folded);
        }
    }

    private void tell(Contact contact) {
        host.presence(contact.watcher, document(contact));
    }

    private static PresenceDocument document(Contact contact) {
        if (!contact.isOnline()) {
            return PresenceDocument.offline(contact.presentity);
        }
        List<Note> notes = contact.away.filter(text -> !text.isBlank()).map(text -> new Note("", text)).stream()
                .toList();
        return new PresenceDocument(
                contact.presentity,
                List.of(new InstancePresence(
                        "",
                        contact.away.isPresent() ? Availability.AWAY : Availability.AVAILABLE,
                        notes,
                        Optional.empty(),
                        Optional.empty())));
    }
}
