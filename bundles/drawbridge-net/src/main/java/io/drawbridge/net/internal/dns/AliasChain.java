// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The records of one type that a set of records holds for a name, behind its aliases (RFC 1034 section 3.6.2). Records
 * of any other name are left out: nobody asked for them, so nobody may smuggle them in.
 *
 * @param end the last name of the chain
 * @param records what it owns of the type
 * @param ttl the shortest time to live along the way in seconds, {@code Long.MAX_VALUE} for an empty chain
 */
record AliasChain(Name end, List<Record> records, long ttl) {
    static final int LONGEST = 8;
    private static final int MOST_RECORDS = 64;

    static AliasChain follow(Question question, List<Record> given) {
        Name name = question.name();
        long ttl = Long.MAX_VALUE;
        for (int links = 0; links <= LONGEST; links++) {
            List<Record> found = owned(name, question.type(), given);
            for (Record one : found) {
                ttl = Math.min(ttl, one.getTTL());
            }
            List<Record> aliases = found.isEmpty() ? owned(name, Type.CNAME, given) : List.of();
            if (aliases.isEmpty()) {
                return new AliasChain(name, found, ttl);
            }
            CNAMERecord alias = (CNAMERecord) aliases.get(0);
            ttl = Math.min(ttl, alias.getTTL());
            name = alias.getTarget();
        }
        return new AliasChain(question.name(), List.of(), ttl);
    }

    boolean leadsAwayFrom(Name name) {
        return records.isEmpty() && !end.equals(name);
    }

    private static List<Record> owned(Name name, int type, List<Record> given) {
        List<Record> owned = new ArrayList<>();
        for (Record one : given) {
            if (owned.size() < MOST_RECORDS
                    && one.getType() == type
                    && one.getDClass() == DClass.IN
                    && one.getName().equals(name)) {
                owned.add(one);
            }
        }
        return owned;
    }
}
