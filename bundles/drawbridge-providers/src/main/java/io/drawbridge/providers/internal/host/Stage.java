// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import java.util.EnumMap;
import java.util.Map;

/** How one of several plug-ins for the same provider stands, and what makes of it what. */
public enum Stage {
    /** It serves everybody, or all but the share of one on trial. */
    SERVES,
    /** It serves nobody, because another was there first. */
    WAITS,
    /** It serves a share of the users. */
    ON_TRIAL,
    /** It serves nobody, since its trial ended badly or somebody went back to an older one. It is not tried by itself again. */
    TAKEN_BACK;

    private static final Map<Stage, Map<Happening, Stage>> TABLE = new EnumMap<>(Stage.class);

    static {
        Map<Happening, Stage> serves = row(SERVES);
        serves.put(Happening.ENDED, TAKEN_BACK);
        serves.put(Happening.REPLACED, WAITS);

        Map<Happening, Stage> waits = row(WAITS);
        waits.put(Happening.TRIED, ON_TRIAL);
        waits.put(Happening.PROMOTED, SERVES);
        waits.put(Happening.RETURNED, SERVES);
        waits.put(Happening.ENDED, TAKEN_BACK);
        waits.put(Happening.LEFT_ALONE, SERVES);

        Map<Happening, Stage> trial = row(ON_TRIAL);
        trial.put(Happening.NOT_TRIED, WAITS);
        trial.put(Happening.PASSED, SERVES);
        trial.put(Happening.PROMOTED, SERVES);
        trial.put(Happening.EXCEEDED, TAKEN_BACK);
        trial.put(Happening.ENDED, TAKEN_BACK);
        trial.put(Happening.LEFT_ALONE, SERVES);

        Map<Happening, Stage> back = row(TAKEN_BACK);
        back.put(Happening.PROMOTED, SERVES);
        back.put(Happening.LEFT_ALONE, SERVES);
    }

    /** What can happen to it. */
    enum Happening {
        /** A share of the users is configured for it. */
        TRIED,
        /** No share is configured any more. */
        NOT_TRIED,
        /** Its trial is over, and it kept its budget of errors. */
        PASSED,
        /** It made more errors than its budget. */
        EXCEEDED,
        /** Somebody lets it serve everybody. */
        PROMOTED,
        /** It served before a restart, and is there again. */
        RETURNED,
        /** Somebody ends its trial, or goes back to an older one. */
        ENDED,
        /** Another serves in its place. */
        REPLACED,
        /** The one that served has left. */
        LEFT_ALONE
    }

    private static Map<Happening, Stage> row(Stage stage) {
        return TABLE.computeIfAbsent(stage, any -> new EnumMap<>(Happening.class));
    }

    /** Returns how it stands afterwards; what is not in the table changes nothing. */
    Stage after(Happening happening) {
        return TABLE.get(this).getOrDefault(happening, this);
    }
}
