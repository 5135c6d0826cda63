// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.sip.internal.msrp.MsrpFrame;
import io.drawbridge.sip.internal.msrp.MsrpUri;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gateway's ends of MSRP sessions, found by the identifier in their URI, which only the other side of the dialog knows
 * (RFC 4975 sections 5.4, 14.1). A connection that names no session within seconds is closed. Owned by the user agent's
 * thread.
 */
final class MsrpEnds {
    private static final Duration TO_BIND = Duration.ofSeconds(10);
    private static final int NO_SUCH_SESSION = 481;
    private static final int BOUND_ALREADY = 506;
    private final Environment environment;
    private final Map<String, MsrpEnd> bySession = new HashMap<>();
    private final Set<MsrpLine> idle = new HashSet<>();

    MsrpEnds(Environment environment) {
        this.environment = environment;
    }

    Environment environment() {
        return environment;
    }

    /** Returns how many ends there are. */
    int size() {
        return bySession.size();
    }

    void add(MsrpEnd end) {
        bySession.put(end.uri().session(), end);
    }

    /** An end is no more; a line that serves no other is closed. */
    void remove(MsrpEnd end) {
        bySession.remove(end.uri().session(), end);
        end.line().ifPresent(line -> {
            line.ends().remove(end);
            if (line.ends().isEmpty()) {
                line.close();
            }
        });
    }

    void opened(MsrpLine line) {
        idle.add(line);
        environment.timers().after(TO_BIND, () -> {
            if (idle.remove(line)) {
                line.close();
            }
        });
    }

    /** Puts an end on a line that the gateway opened for it. */
    void bind(MsrpEnd end, MsrpLine line) {
        idle.remove(line);
        line.ends().add(end);
        end.bound(line);
    }

    void closed(MsrpLine line) {
        idle.remove(line);
        List.copyOf(line.ends()).forEach(MsrpEnd::lost);
    }

    void received(MsrpLine line, MsrpFrame frame) {
        List<MsrpUri> to = frame.toPath();
        MsrpEnd end = to.size() == 1 ? bySession.get(to.get(0).session()) : null;
        if (frame instanceof MsrpFrame.Response response) {
            if (end != null && line.ends().contains(end)) {
                end.answered(response);
            }
            return;
        }
        MsrpFrame.Request request = (MsrpFrame.Request) frame;
        if (end == null || !end.uri().equals(to.get(0)) || !end.isFrom(request.fromPath())) {
            refuse(line, request, NO_SUCH_SESSION, "No Such Session");
        } else if (end.line().isPresent() && end.line().get() != line) {
            refuse(line, request, BOUND_ALREADY, "Bound To Another Connection");
        } else {
            if (end.line().isEmpty()) {
                bind(end, line);
            }
            end.received(request);
        }
    }

    private static void refuse(MsrpLine line, MsrpFrame.Request request, int status, String comment) {
        if (!request.method().equals(MsrpEnd.REPORT)) {
            line.send(request.response(status, comment));
        }
    }
}
