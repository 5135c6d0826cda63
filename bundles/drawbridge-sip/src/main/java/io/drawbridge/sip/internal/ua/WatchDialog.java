// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.lib.jainsip.TransactionLayer;
import io.drawbridge.sip.internal.map.PidfReader;
import io.drawbridge.sip.internal.map.SipAddresses;
import io.drawbridge.sip.internal.ua.WatchTable.Action;
import io.drawbridge.sip.internal.ua.WatchTable.State;
import io.drawbridge.sip.internal.ua.WatchTable.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The watch of somebody outside over a user of the home: a subscription to their presence, made anew for as long as it is
 * wanted (RFC 6665 section 4.1, {@link WatchTable}).
 */
final class WatchDialog implements Outgoing.Listener {
    private static final Duration FIRST_NOTIFY = Duration.ofSeconds(32); // timer N
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LAST_RETRY = Duration.ofHours(1);
    private static final Duration A_DAY = Duration.ofHours(24);
    private static final Duration LATER = Duration.ofMinutes(5);

    /** A notifier may wait five seconds before it tells more (RFC 3856 section 6.10). */
    private static final Duration MORE_TO_COME = Duration.ofSeconds(6);

    private static final int MOST_RAISES = 3;
    private static final int MOST_DAYS = 30;
    private static final int FIRST_FINAL = 200;
    private static final int FIRST_REFUSAL = 300;
    private final Watches watches;
    private final Pair pair;
    private final List<Delivery> waiting = new ArrayList<>(1);
    private final WatcherRecord record;
    private State state = State.REQUESTED;
    private Dialog dialog;
    private Timers.Timer refresh = Timers.Timer.NONE;
    private Timers.Timer lapse = Timers.Timer.NONE;
    private Timers.Timer firstNotify = Timers.Timer.NONE;
    private Timers.Timer nothing = Timers.Timer.NONE;
    private PresenceDocument last;
    private Duration backOff = FIRST_RETRY;
    private Duration later = LATER;
    private int asked;
    private int raises;
    private int days;
    private boolean underWay;
    private boolean notified;
    private boolean toldWhen;
    private Instant subscribed = Instant.EPOCH;
    private Instant worthTrying = Instant.MAX;

    /** When it is to be told that nobody can be asked: not before the first attempt has failed, and not twice. */
    private Instant unreachable = Instant.MIN;

    WatchDialog(Watches watches, Pair pair) {
        this.watches = watches;
        this.pair = pair;
        this.asked = watches.environment().settings().get().watchSeconds();
        this.record = watches.record(pair);
    }

    Pair pair() {
        return pair;
    }

    /** Somebody wants to know, perhaps once more. */
    void want(Delivery delivery) {
        if (delivery.event() instanceof Event.Authorization ask) {
            record.named(ask.nick());
        }
        if (state == State.WATCHING && delivery.event() instanceof Event.Authorization) {
            tell(Event.Step.GRANT);
            delivery.done(new DeliveryOutcome.HandedOver());
        } else if (state == State.WATCHING) {
            delivery.done(new DeliveryOutcome.Delivered());
        } else if (notified) {
            delivery.done(new DeliveryOutcome.HandedOver()); // the home knows, and the user has not answered
        } else {
            waiting.removeIf(Delivery::isDone);
            waiting.add(delivery);
            delivery.limit(watches.environment());
        }
        if (last != null) {
            show(last);
        }
        if ((dialog == null && !underWay)
                || !worthTrying.isAfter(watches.environment().clock().instant())) {
            subscribe();
        }
    }

    /** The user lets the watcher see what the home shows. */
    void consented() {
        fire(WatchTable.Event.CONSENT);
    }

    /** Nobody wants to know any longer. */
    void stop(Delivery delivery) {
        waiting.add(delivery);
        delivery.limit(watches.environment());
        fire(WatchTable.Event.STOP);
    }

    private void subscribe() {
        refresh.cancel();
        firstNotify.cancel();
        if (dialog != null) {
            watches.forget(dialog);
        }
        Outgoing outgoing = watches.outgoing();
        dialog = Dialog.asking(
                SipAddresses.uri(pair.outside()), watches.address(pair), outgoing.token(), outgoing.token());
        watches.remember(dialog, this);
        notified = false;
        toldWhen = false;
        worthTrying = Instant.MAX;
        subscribed = watches.environment().clock().instant();
        send(asked);
    }

    private void send(int seconds) {
        underWay = true;
        OutgoingRequest request = dialog.request("SUBSCRIBE")
                .header("Event", Notifier.PACKAGE)
                .header("Accept", PidfReader.MEDIA_TYPE)
                .header("Expires", Integer.toString(seconds));
        Dialog sent = dialog;
        watches.outgoing()
                .send(request, dialog.wanted(), pair.hashCode(), TransactionLayer.TIMEOUT, new Outgoing.Listener() {
                    @Override
                    public boolean isWanted() {
                        return sent == dialog && (state != State.ENDED || seconds == 0);
                    }

                    @Override
                    public void answered(SIPResponse response, SipFlow flow) {
                        if (sent == dialog) {
                            WatchDialog.this.answered(response, flow);
                        }
                    }

                    @Override
                    public void failed(Reason reason) {
                        if (sent == dialog) {
                            WatchDialog.this.failed(reason);
                        }
                    }
                });
    }

    @Override
    public void answered(SIPResponse response, SipFlow flow) {
        int status = response.getStatusCode();
        if (status < FIRST_FINAL) {
            return;
        }
        underWay = false;
        if (state == State.ENDED) {
            finish(new DeliveryOutcome.Delivered());
        } else if (status < FIRST_REFUSAL) {
            accepted(response);
        } else {
            refused(response, status);
        }
    }

    private void accepted(SIPResponse response) {
        dialog.answered(SipParser.text(response), response.getToTag());
        backOff = FIRST_RETRY;
        raises = 0;
        String expires = SipParser.text(response).value("Expires").orElse("");
        lives(expires.matches("\\d{1,7}") ? Integer.parseInt(expires) : asked);
        if (!notified) {
            firstNotify.cancel();
            firstNotify = timers().after(FIRST_NOTIFY, () -> fire(WatchTable.Event.FAILED));
        }
    }

    /** The subscription lives this long and is renewed at 85 ± 5 percent of it. */
    private void lives(int seconds) {
        refresh.cancel();
        lapse.cancel();
        int percent = ThreadLocalRandom.current().nextInt(80, 91);
        long millis = Duration.ofSeconds(Math.max(1, seconds)).toMillis();
        refresh = timers().after(Duration.ofMillis(millis * percent / 100), () -> send(asked));
        lapse = timers().after(Duration.ofMillis(millis), () -> fire(WatchTable.Event.LAPSED));
    }

    private void refused(SIPResponse response, int status) {
        switch (status) {
            case 403, 489, 603 -> fire(WatchTable.Event.REJECTED);
            case 404, 410, 416, 484, 485, 604, 405, 501 -> fire(WatchTable.Event.GONE);
            case 423 -> tooBrief(SipParser.text(response).value("Min-Expires").orElse(""));
            case 481 -> fire(WatchTable.Event.UNKNOWN_DIALOG);
            default -> {
                finish(Outcomes.of(response));
                Outcomes.retryAfter(response).ifPresent(wanted -> {
                    backOff = bounded(wanted);
                    toldWhen = true;
                });
                fire(WatchTable.Event.FAILED);
            }
        }
    }

    private void tooBrief(String shortest) {
        if (shortest.matches("\\d{1,7}") && Integer.parseInt(shortest) > asked && raises < MOST_RAISES) {
            raises++;
            asked = Integer.parseInt(shortest);
            subscribe();
        } else {
            fire(WatchTable.Event.FAILED);
        }
    }

    @Override
    public void failed(Reason reason) {
        underWay = false;
        finish(Outcomes.of(reason));
        if (state != State.ENDED) {
            fire(WatchTable.Event.FAILED);
        }
    }

    /** Takes a NOTIFY of the dialog. */
    void notified(Incoming incoming) throws RequestRefused {
        dialog.received(incoming);
        String[] parts = incoming.header("Subscription-State").split(";", 8);
        if (!incoming.header("Event").split(";", 2)[0].strip().equals(Notifier.PACKAGE) || parts[0].isBlank()) {
            throw new RequestRefused(489).with("Allow-Events", Notifier.PACKAGE);
        }
        incoming.transaction().respond(SIPResponse.OK);
        firstNotify.cancel();
        notified = true;
        unreachable = Instant.MIN;
        switch (parts[0].strip()) {
            case "active" -> {
                fire(WatchTable.Event.ACTIVE);
                finish(new DeliveryOutcome.Delivered());
                nothing.cancel();
                if (incoming.text().body().length == 0) {
                    nothing = timers().after(MORE_TO_COME, this::seenNothing);
                } else {
                    watches.document(incoming, pair).ifPresent(this::seen);
                }
            }
            case "terminated" -> terminated(parts);
            default -> {
                fire(WatchTable.Event.PENDING);
                finish(new DeliveryOutcome.HandedOver());
            }
        }
    }

    private void seen(PresenceDocument document) {
        if (state == State.WATCHING) {
            last = document;
            show(document);
        }
    }

    /**
     * An active subscription without a document, and none that followed it: nobody is there, which is news if somebody was or
     * it is not known. Many notifiers say so at once and then send what they know; nobody is to see that as a coming and going.
     */
    private void seenNothing() {
        if (last == null || !last.instances().isEmpty()) {
            seen(PresenceDocument.offline(pair.inside()));
        }
    }

    private void terminated(String... parts) {
        String reason = "";
        for (String part : parts) {
            String parameter = part.strip();
            if (parameter.startsWith("reason=")) {
                reason = parameter.substring("reason=".length());
            } else if (parameter.matches("retry-after=\\d{1,6}")) {
                later = bounded(Duration.ofSeconds(Integer.parseInt(parameter.substring("retry-after=".length()))));
            }
        }
        lapse.cancel();
        refresh.cancel();
        fire(
                switch (reason) {
                    case "rejected" -> WatchTable.Event.REJECTED;
                    case "noresource", "invariant" -> WatchTable.Event.GONE;
                    case "deactivated" -> WatchTable.Event.DEACTIVATED;
                    case "probation", "giveup" -> WatchTable.Event.LATER;
                    default -> WatchTable.Event.TIMED_OUT;
                });
    }

    private void fire(WatchTable.Event event) {
        record.happened(state, event);
        Transition transition = WatchTable.transition(state, event);
        state = transition.next();
        perform(transition.action());
    }

    private void perform(Action action) {
        switch (action) {
            case NONE -> {}
            case GRANT -> tell(Event.Step.GRANT);
            case REFUSE -> {
                finish(DeliveryOutcome.failed(Condition.FORBIDDEN, Reason.ANSWERED_BY_PEER));
                tell(Event.Step.REFUSE);
                close();
            }
            case WITHDRAW -> {
                show(PresenceDocument.offline(pair.inside()));
                tell(Event.Step.REFUSE);
                close();
            }
            case SHOW_OFFLINE -> {
                last = null;
                show(PresenceDocument.offline(pair.inside()));
            }
            case RESUBSCRIBE -> {
                Instant now = watches.environment().clock().instant();
                if (subscribed.plus(FIRST_RETRY).isAfter(now)) {
                    perform(Action.RETRY); // a home that sends away whoever comes is not asked at once again
                } else {
                    again(Duration.ZERO);
                }
            }
            case RETRY -> {
                tellIfUnreachable();
                again(backOff);
                backOff = doubled(backOff);
                // A home that said nothing of when may be back long before; who asks is not to wait for the end of an
                // hour.
                worthTrying = toldWhen ? Instant.MAX : subscribed.plus(FIRST_RETRY);
            }
            case RETRY_LATER -> {
                again(later);
                later = LATER;
            }
            case RETRY_SLOWLY -> nextDay();
            case UNSUBSCRIBE -> unsubscribe();
        }
    }

    /** Who asked hears of it once when the question could not be put for a day (interworking 6.4.3). */
    private void tellIfUnreachable() {
        Instant now = watches.environment().clock().instant();
        if (unreachable.equals(Instant.MIN)) {
            unreachable = now.plus(A_DAY);
        } else if (state == State.REQUESTED && !now.isBefore(unreachable)) {
            unreachable = Instant.MAX;
            watches.accept(new Event.Unreachable(pair.inside(), pair.outside()));
        }
    }

    /** Nobody has itself asked in a storm, or never again. */
    private static Duration bounded(Duration wanted) {
        if (wanted.compareTo(FIRST_RETRY) < 0) {
            return FIRST_RETRY;
        }
        return wanted.compareTo(A_DAY) > 0 ? A_DAY : wanted;
    }

    private static Duration doubled(Duration duration) {
        Duration twice = duration.multipliedBy(2);
        return twice.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : twice;
    }

    private void again(Duration after) {
        refresh.cancel();
        firstNotify.cancel();
        worthTrying = Instant.MAX;
        refresh = timers().after(after, this::subscribe);
    }

    /** A question that nobody answers for a month is not put again, until somebody asks it anew (interworking 6.4.3). */
    private void nextDay() {
        days++;
        if (days < MOST_DAYS) {
            again(A_DAY);
        } else {
            record.abandoned();
            close();
        }
    }

    private void unsubscribe() {
        close();
        if (dialog == null || dialog.wanted().isEmpty()) {
            finish(new DeliveryOutcome.Delivered());
        } else {
            watches.remember(dialog, this);
            timers().after(FIRST_NOTIFY, () -> watches.forget(dialog));
            send(0);
        }
    }

    private void close() {
        refresh.cancel();
        lapse.cancel();
        firstNotify.cancel();
        nothing.cancel();
        watches.ended(this);
        if (dialog != null) {
            watches.forget(dialog);
        }
    }

    private void finish(DeliveryOutcome outcome) {
        // What becomes of a question comes as an event; the question itself went its way.
        waiting.forEach(delivery -> delivery.done(isQuestion(delivery) ? new DeliveryOutcome.HandedOver() : outcome));
        waiting.clear();
    }

    private static boolean isQuestion(Delivery delivery) {
        return delivery.event() instanceof Event.Authorization step && step.step() == Event.Step.ASK;
    }

    private void tell(Event.Step step) {
        watches.accept(new Event.Authorization(pair.inside(), pair.outside(), step, ""));
    }

    private void show(PresenceDocument document) {
        watches.accept(new Event.Presence(pair.outside(), document));
    }

    private Timers timers() {
        return watches.environment().timers();
    }
}
