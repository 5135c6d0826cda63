// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Static records that stand in for DNS. A name that owns one is answered from here for every type. */
final class Overrides {
    private static final Set<Integer> TYPES = Set.of(Type.A, Type.AAAA, Type.CNAME, Type.SRV);
    private static final long TTL = 0;

    private final Map<Name, List<Record>> records;

    private Overrides(Map<Name, List<Record>> records) {
        this.records = records;
    }

    /**
     * Reads {@code NAME TYPE DATA} lines; names are absolute with or without a final dot.
     *
     * @throws IllegalArgumentException for the first that is none; the message says which and why
     */
    static Overrides of(String... lines) {
        Map<Name, List<Record>> records = new HashMap<>();
        for (String line : lines) {
            Record one = read(line);
            records.computeIfAbsent(one.getName(), name -> new ArrayList<>()).add(one);
        }
        return new Overrides(records);
    }

    boolean own(Name name) {
        return records.containsKey(name);
    }

    /** Follows aliases among the static records as far as they go. */
    AliasChain follow(Question question) {
        Name name = question.name();
        for (int links = 0; links <= AliasChain.LONGEST && own(name); links++) {
            AliasChain chain = AliasChain.follow(question.at(name), records.get(name));
            if (!chain.leadsAwayFrom(name)) {
                return chain;
            }
            name = chain.end();
        }
        return new AliasChain(name, List.of(), Long.MAX_VALUE);
    }

    private static Record read(String line) {
        String[] parts = line.strip().split("\\s+", 3);
        int type = parts.length == 3 ? Type.value(parts[1]) : -1;
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("'" + line + "' is not NAME TYPE DATA with type A, AAAA, CNAME or SRV");
        }
        try {
            Name name = Name.fromString(parts[0], Name.root);
            return Record.fromString(name, type, DClass.IN, TTL, parts[2], Name.root);
        } catch (IOException unreadable) {
            // The library's own words tell its parser's state, not what to write instead.
            throw new IllegalArgumentException("'" + line + "' is not " + form(type), unreadable);
        }
    }

    private static String form(int type) {
        return switch (type) {
            case Type.A -> "NAME A followed by an IPv4 address";
            case Type.AAAA -> "NAME AAAA followed by an IPv6 address";
            case Type.CNAME -> "NAME CNAME followed by another name";
            default -> "NAME SRV followed by priority, weight, port (0 to 65535 each) and a host name";
        };
    }
}
