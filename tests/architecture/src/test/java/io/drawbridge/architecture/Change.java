// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.architecture;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.osgi.framework.Version;

/** How much a change of what a package promises asks of whoever relies on it (Semantic Versioning, as OSGi counts it). */
enum Change {
    /** Nothing but words changed. */
    NONE,
    /** There is more than before, which nobody needs to take notice of. */
    MINOR,
    /** Something is no more as it was, or must be implemented that was not there. */
    MAJOR;

    /**
     * Returns what lies between two lists of one package's lines.
     *
     * <p>That a record has a further component is minor: its constructor is for this product, vendors have its builder.
     */
    static Change between(Collection<String> before, Collection<String> now) {
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(now);
        gone.removeIf(line -> isConstructorOfRecord(line, now));
        Set<String> come = new HashSet<>(now);
        come.removeAll(before);
        if (!gone.isEmpty() || come.stream().anyMatch(line -> mustBeImplemented(line, before))) {
            return MAJOR;
        }
        return come.isEmpty() ? NONE : MINOR;
    }

    private static boolean isConstructorOfRecord(String line, Collection<String> now) {
        int at = line.indexOf(".<init>(");
        return at > 0 && now.stream().anyMatch(type -> type.startsWith(line.substring(0, at) + " : record"));
    }

    private static boolean mustBeImplemented(String line, Collection<String> before) {
        return line.endsWith(PromisedLines.ABSTRACT)
                && before.stream()
                        .filter(type -> type.endsWith(PromisedLines.CONSUMER))
                        .map(type -> type.substring(0, type.indexOf(" : ")))
                        .anyMatch(type -> line.startsWith(type + "."));
    }

    /** Returns whether a version says so much to whoever knows another. */
    boolean isToldBy(Version before, Version now) {
        return switch (this) {
            case NONE -> now.compareTo(before) >= 0;
            case MINOR ->
                now.getMajor() > before.getMajor()
                        || (now.getMajor() == before.getMajor() && now.getMinor() > before.getMinor());
            case MAJOR -> now.getMajor() > before.getMajor();
        };
    }
}
