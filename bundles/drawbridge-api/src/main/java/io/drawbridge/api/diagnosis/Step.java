// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.diagnosis;

import io.drawbridge.api.policy.Reason;
import java.time.Duration;

/**
 * One step that was actually taken on the way to an answer.
 *
 * @param name what was tried, such as {@code SRV _sipfederationtls._tcp.fabrikam.example}
 * @param result how it went
 * @param detail what was found, for people
 * @param took how long it took
 * @param remedy what to do about a failure; empty otherwise
 */
public record Step(String name, Result result, String detail, Duration took, String remedy) {
    /** A step that went well. */
    public static Step ok(String name, String detail, Duration took) {
        return new Step(name, Result.OK, detail, took, "");
    }

    /** A step that failed. */
    public static Step failed(String name, String detail, Duration took, String remedy) {
        return new Step(name, Result.FAILED, detail, took, remedy);
    }

    /** The step that policy refused; says whose fault it is. */
    public static Step refused(Reason reason) {
        String detail = reason.text() + " (" + reason.fault().text() + ")";
        return failed("policy", detail, Duration.ZERO, reason.remedy());
    }

    /** A step that was not taken because an earlier one settled it. */
    public static Step skipped(String name, String detail) {
        return new Step(name, Result.SKIPPED, detail, Duration.ZERO, "");
    }

    /** How a step went. */
    public enum Result {
        /** As it should. */
        OK,
        /** Badly; the detail says how. */
        FAILED,
        /** Not taken. */
        SKIPPED
    }
}
