// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import java.time.Instant;
import java.util.List;
import org.xbill.DNS.Record;

/**
 * What came of one question.
 *
 * @param kind whether there are such records
 * @param records the records of the type asked for, behind any aliases; empty unless {@code FOUND}
 * @param expires until when it stands in for asking again
 * @param trueUntil until when it holds by what its name server said; before {@code expires} if it is a stand-in
 * @param detail for people: who said so, or what went wrong
 */
record Answer(Kind kind, List<Record> records, Instant expires, Instant trueUntil, String detail) {
    Answer {
        records = List.copyOf(records);
    }

    static Answer failed(String detail, Instant expires) {
        return new Answer(Kind.FAILED, List.of(), expires, expires, detail);
    }

    Answer standingIn(Instant otherExpires, String otherDetail) {
        return new Answer(kind, records, otherExpires, trueUntil, otherDetail);
    }

    /** Outcomes of a question. */
    enum Kind {
        /** At least one record. */
        FOUND,
        /** The name servers say that there is none. */
        NONE,
        /** Nobody gave a usable answer. */
        FAILED
    }
}
