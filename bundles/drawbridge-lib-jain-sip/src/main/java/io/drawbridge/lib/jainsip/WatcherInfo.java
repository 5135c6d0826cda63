// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/** Writes who watches a user's presence (RFC 3858). */
public final class WatcherInfo {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/watcherinfo+xml";

    private WatcherInfo() {}

    /**
     * Writes a document.
     *
     * @param resource the URI of who is watched
     * @param version one more than in the document before, within a subscription
     * @param full whether these are all watchers, and not those that changed
     */
    static String write(String resource, long version, boolean full, Collection<Watcher> watchers, Instant now) {
        StringBuilder xml = new StringBuilder(256)
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n")
                .append("<watcherinfo xmlns=\"urn:ietf:params:xml:ns:watcherinfo\" version=\"")
                .append(version)
                .append("\" state=\"")
                .append(full ? "full" : "partial")
                .append("\"><watcher-list resource=\"");
        XmlCharacters.escape(xml, resource).append("\" package=\"presence\">");
        watchers.forEach(watcher -> watcher(xml, watcher, now));
        return xml.append("</watcher-list></watcherinfo>").toString();
    }

    private static void watcher(StringBuilder xml, Watcher watcher, Instant now) {
        xml.append("<watcher id=\"").append(watcher.id());
        xml.append("\" status=\"").append(token(watcher.status()));
        xml.append("\" event=\"").append(token(watcher.event()));
        xml.append("\" duration-subscribed=\"")
                .append(Math.max(0, Duration.between(watcher.since(), now).toSeconds()))
                .append('"');
        if (!watcher.displayName().isEmpty()) {
            XmlCharacters.escape(xml.append(" display-name=\""), watcher.displayName())
                    .append('"');
        }
        XmlCharacters.escape(xml.append('>'), watcher.uri()).append("</watcher>");
    }

    private static String token(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Somebody who watches or asks to.
     *
     * @param id tells this subscription from others of the same document; letters and digits
     * @param uri who watches
     * @param status where the subscription stands
     * @param event what brought it there
     * @param displayName what the watcher calls itself; empty if unknown
     * @param since when the subscription began
     */
    public record Watcher(String id, String uri, Status status, Event event, String displayName, Instant since) {}

    /** Where a subscription stands (RFC 3857 section 4.7.1). */
    public enum Status {
        /** The user has not said yet whether the watcher may. */
        PENDING,
        /** The watcher may. */
        ACTIVE,
        /** The watcher asked, and its time was over before the user said anything. */
        WAITING,
        /** Over. */
        TERMINATED
    }

    /** What can bring a subscription to where it stands (RFC 3857 section 4.7.1). */
    public enum Event {
        /** The watcher asked. */
        SUBSCRIBE,
        /** The user, or a rule of the user's, let the watcher. */
        APPROVED,
        /** The watcher is to ask again at once. */
        DEACTIVATED,
        /** The watcher is to ask again later. */
        PROBATION,
        /** The user, or a rule of the user's, refused. */
        REJECTED,
        /** The time is over. */
        TIMEOUT,
        /** The question is given up. */
        GIVEUP,
        /** There is no such user. */
        NORESOURCE
    }
}
