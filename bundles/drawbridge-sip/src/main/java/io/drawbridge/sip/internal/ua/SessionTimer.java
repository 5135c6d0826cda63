// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.SipText;
import io.drawbridge.lib.jainsip.Timers;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Keeps a session from outliving its peers (RFC 4028): who refreshes it, how often, and that it ends when nobody does.
 * Owned by the user agent's thread.
 */
final class SessionTimer {
    /** The extension's name, for Supported and Require. */
    static final String TIMER = "timer";

    /** Section 5: no interval may be below 90 seconds, so that refreshes never are what loads a server. */
    static final int LEAST_SECONDS = 90;

    private static final int LONGEST_SECONDS = 86_400;
    private static final int LONGEST_HEADSTART = 32;

    /** Each proxy on the way may want more than the one before; whoever goes on asking for more never has enough. */
    private static final int MOST_RAISES = 3;

    private final Environment environment;
    private final Runnable refresh;
    private final Runnable end;
    private Timers.Timer running = Timers.Timer.NONE;
    private int least = LEAST_SECONDS;
    private int seconds;
    private int raises;

    /**
     * Begins without a limit.
     *
     * @param refresh refreshes the session
     * @param end ends it, since nobody refreshed it
     */
    SessionTimer(Environment environment, Runnable refresh, Runnable end) {
        this.environment = environment;
        this.refresh = refresh;
        this.end = end;
        this.seconds = environment.settings().get().sessionRefreshSeconds();
    }

    /** Adds to a request of ours how long the session is to live without a refresh (section 7.1). */
    OutgoingRequest ask(OutgoingRequest request, boolean refreshes) {
        return request.header("Supported", TIMER)
                .header("Session-Expires", seconds + (refreshes ? ";refresher=uac" : ""))
                .header("Min-SE", Integer.toString(least));
    }

    /** Takes a 422; returns whether another request may do better (section 7.3). */
    boolean raise(SIPResponse response) {
        int wanted = number(SipParser.text(response), "Min-SE").orElse(0);
        boolean higher = wanted > seconds && wanted <= LONGEST_SECONDS && raises < MOST_RAISES;
        if (higher) {
            raises++;
            least = wanted;
            seconds = wanted;
        }
        return higher;
    }

    /** Takes a 2xx to a request of ours; without Session-Expires the session has no limit (section 7.2). */
    void agreed(SIPResponse response) {
        raises = 0;
        SipText text = SipParser.text(response);
        number(text, "Session-Expires")
                .ifPresentOrElse(
                        value -> run(
                                Math.max(LEAST_SECONDS, value), !refresher(text).equals("uas")),
                        this::stop);
    }

    /**
     * Refuses a request of the home's that wants the session refreshed too often (section 9).
     *
     * @throws RequestRefused 422 if whoever sent it can do better; a proxy may have asked for one who cannot
     */
    static void check(Incoming request) throws RequestRefused {
        OptionalInt wanted = number(request.text(), "Session-Expires");
        if (wanted.isPresent() && wanted.getAsInt() < LEAST_SECONDS && isKnownTo(request)) {
            throw new RequestRefused(422).with("Min-SE", Integer.toString(LEAST_SECONDS));
        }
    }

    /** Agrees to a request of the home's in the answer to it: table 2 of section 9. */
    void agree(Incoming request, SIPResponse response) {
        OptionalInt wanted = number(request.text(), "Session-Expires");
        boolean known = isKnownTo(request);
        if (wanted.isEmpty() && !known) {
            stop();
            return;
        }
        int floor = Math.max(LEAST_SECONDS, number(request.text(), "Min-SE").orElse(0));
        int interval = Math.max(floor, Math.min(wanted.orElse(seconds), LONGEST_SECONDS));
        boolean theyRefresh = known && !refresher(request.text()).equals("uas");
        response.addHeader(
                SipParser.header("Session-Expires", interval + ";refresher=" + (theyRefresh ? "uac" : "uas")));
        if (theyRefresh) {
            response.addHeader(SipParser.header("Require", TIMER));
        }
        run(interval, !theyRefresh);
    }

    private void run(int interval, boolean weRefresh) {
        seconds = Math.max(least, interval);
        running.cancel();
        int headstart = Math.min(LONGEST_HEADSTART, interval / 3);
        running = weRefresh
                ? environment.timers().after(Duration.ofSeconds(interval / 2), refresh)
                : environment.timers().after(Duration.ofSeconds(interval - headstart), end);
    }

    /** A refresh was refused: the session ends in time unless the other side refreshes it (section 10). */
    void missed() {
        running.cancel();
        int headstart = Math.min(LONGEST_HEADSTART, seconds / 3);
        running = environment.timers().after(Duration.ofSeconds(Math.max(1, seconds / 2 - headstart)), end);
    }

    /** The session is over, or has no limit. */
    void stop() {
        running.cancel();
    }

    private static boolean isKnownTo(Incoming request) {
        return request.tokens("Supported").contains(TIMER)
                || request.tokens("Require").contains(TIMER);
    }

    private static OptionalInt number(SipText text, String name) {
        return text.value(name)
                .map(value -> value.split(";", 2)[0].strip())
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> OptionalInt.of(Integer.parseInt(value)))
                .orElse(OptionalInt.empty());
    }

    private static String refresher(SipText text) {
        for (String parameter : text.value("Session-Expires").orElse("").split(";", 8)) {
            String lower = parameter.strip().toLowerCase(Locale.ROOT);
            if (lower.startsWith("refresher=")) {
                return lower.substring("refresher=".length());
            }
        }
        return "";
    }
}
