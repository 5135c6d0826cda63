// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.health.Finding.Level;
import java.util.Locale;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/** What one check writes down: facts, and for each bad one what to do about it. */
final class Report {
    private final FormattingResultLog log = new FormattingResultLog();

    Report ok(String fact) {
        return add(Level.OK, fact, "");
    }

    Report add(Level level, String fact, String remedy) {
        String text = remedy.isEmpty() ? fact : fact + "; " + remedy;
        log.add(new ResultLog.Entry(
                switch (level) {
                    case OK -> Result.Status.OK;
                    case WARNING -> Result.Status.WARN;
                    case CRITICAL -> Result.Status.CRITICAL;
                },
                text));
        return this;
    }

    Result result() {
        return new Result(log);
    }

    static String count(int number, String noun) {
        return String.format(Locale.ROOT, "%d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
