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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose presence is looked at. The server tells by {@code MONITOR} who comes and goes, for as many as it takes; the others
 * are asked for, in pace, by {@code ISON}. Who is away it tells where it has extended-monitor and away-notify; elsewhere
 * those who are there are asked for by {@code USERHOST}.
 */
final class Contacts {
    /** How long after one round of questions the next begins. */
    static final Duration ROUND = Duration.ofSeconds(60);

    /** What comes together is asked together. */
    private static final Duration GATHERING = Duration.ofMillis(200);

    private static final int MOST_IN_USERHOST = 5;
    private static final int LONGEST_LIST = 400;
    private static final int LONGEST_NOTE = 400;

    private final Outbox outbox;
    private final Capabilities capabilities;
    private final Support support;
    private final Nicks nicks;
    private final Timers timers;
    private final Host host;
    private final Map<String, Contact> contacts = new LinkedHashMap<>();
    private final Set<String> monitored = new LinkedHashSet<>();
    private final Set<String> toAsk = new LinkedHashSet<>();
    private final Deque<Set<String>> asked = new ArrayDeque<>();
    private boolean gathering;
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

    Contacts(Outbox outbox, Capabilities capabilities, Support support, Nicks nicks, Timers timers, Host host) {
        this.outbox = outbox;
        this.capabilities = capabilities;
        this.support = support;
        this.nicks = nicks;
        this.timers = timers;
        this.host = host;
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
        if (monitored.size() < Math.min(most, support.monitored())) {
            monitored.add(folded);
        }
        toAsk.add(folded);
        gather();
    }

    void unwatch(Principal presentity) {
        nicks.of(presentity).map(nicks::fold).ifPresent(folded -> {
            Contact gone = contacts.remove(folded);
            toAsk.remove(folded);
            if (gone != null && monitored.remove(folded)) {
                outbox.add(Urgency.PRESENCE, Line.of("MONITOR", "-", gone.nick), this, () -> {});
            }
        });
    }

    private void gather() {
        if (!gathering) {
            gathering = true;
            timers.after(GATHERING, this::askForNew);
        }
    }

    private void askForNew() {
        gathering = false;
        List<String> monitor = new ArrayList<>();
        List<String> others = new ArrayList<>();
        toAsk.forEach(folded -> (monitored.contains(folded) ? monitor : others).add(folded));
        toAsk.clear();
        chunks(monitor, support.targets("MONITOR"), LONGEST_LIST)
                .forEach(chunk -> add(Urgency.PRESENCE, Line.of("MONITOR", "+", String.join(",", spelled(chunk)))));
        askWhoIsThere(others, Urgency.PRESENCE);
    }

    private void add(Urgency urgency, Line line) {
        outbox.add(urgency, line, this, () -> {});
    }

    private void askWhoIsThere(Collection<String> folded, Urgency urgency) {
        for (List<String> chunk : chunks(folded, support.targets("ISON"), LONGEST_LIST)) {
            Line question = Line.of("ISON", spelled(chunk).toArray(String[]::new));
            outbox.add(urgency, question, this, () -> asked.add(new LinkedHashSet<>(chunk)));
        }
    }

    private void askWhoIsAway(Collection<String> folded) {
        for (List<String> chunk :
                chunks(folded, Math.min(MOST_IN_USERHOST, support.targets("USERHOST")), LONGEST_LIST)) {
            add(Urgency.QUESTION, Line.of("USERHOST", spelled(chunk).toArray(String[]::new)));
        }
    }

    private List<String> spelled(Collection<String> folded) {
        return folded.stream()
                .map(contacts::get)
                .filter(contact -> contact != null)
                .map(contact -> contact.nick)
                .toList();
    }

    private List<List<String>> chunks(Collection<String> folded, int most, int octets) {
        List<List<String>> chunks = new ArrayList<>();
        List<String> chunk = new ArrayList<>();
        int length = 0;
        for (String one : folded) {
            Contact contact = contacts.get(one);
            if (contact == null) {
                continue;
            }
            int more = 1 + Octets.count(contact.nick);
            if (!chunk.isEmpty() && (chunk.size() >= most || length + more > octets)) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                length = 0;
            }
            chunk.add(one);
            length += more;
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    /** Asks what the server does not tell by itself; the next round waits until this one has been asked. */
    private void round() {
        if (outbox.isIdle(Urgency.QUESTION)) {
            Set<String> untold = new LinkedHashSet<>(contacts.keySet());
            untold.removeAll(monitored);
            // What was not answered within a round never will be.
            asked.clear();
            askWhoIsThere(untold, Urgency.QUESTION);
            if (!isToldWhoIsAway()) {
                askWhoIsAway(online());
            }
        }
        timers.after(ROUND, this::round);
    }

    private boolean isToldWhoIsAway() {
        return capabilities.has(Capabilities.MONITOR_MORE) && capabilities.has(Capabilities.AWAY);
    }

    private Set<String> online() {
        return contacts.entrySet().stream()
                .filter(entry -> entry.getValue().isOnline())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** RPL_MONONLINE, RPL_MONOFFLINE: a list with commas, of masks or nicks. */
    void monitored(Line line, boolean online) {
        Set<String> came = new LinkedHashSet<>();
        for (String mask : line.last().split(",", -1)) {
            String folded = nicks.fold(beforeBang(mask));
            if (stands(folded, online) && online) {
                came.add(folded);
            }
        }
        askWhoIsAway(came);
    }

    private static String beforeBang(String mask) {
        int bang = mask.indexOf('!');
        return bang < 0 ? mask : mask.substring(0, bang);
    }

    /** ERR_MONLISTFULL: nick, limit, the nicks that are too many. Those are asked for instead. */
    void tooMany(Line line) {
        List<String> refused = new ArrayList<>();
        for (String nick : line.param(2).split(",", -1)) {
            String folded = nicks.fold(nick);
            if (monitored.remove(folded)) {
                refused.add(folded);
            }
        }
        most = monitored.size();
        askWhoIsThere(refused, Urgency.QUESTION);
    }

    /** RPL_ISON: those of the list that are there. Answers come in the order of questions. */
    void there(Line line) {
        Set<String> question = asked.poll();
        if (question == null) {
            return;
        }
        Set<String> there = new LinkedHashSet<>();
        for (String nick : line.last().strip().split(" +", -1)) {
            there.add(nicks.fold(nick));
        }
        Set<String> came = new LinkedHashSet<>();
        for (String folded : question) {
            if (stands(folded, there.contains(folded)) && there.contains(folded)) {
                came.add(folded);
            }
        }
        askWhoIsAway(came);
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

    /** Returns whether that is news. */
    private boolean stands(String folded, boolean online) {
        Contact contact = contacts.get(folded);
        if (contact == null || contact.online.filter(known -> known == online).isPresent()) {
            return false;
        }
        contact.online = Optional.of(online);
        contact.away = Optional.empty();
        tell(contact);
        return true;
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
