// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.model.DomainName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name and a record type, such as {@link Type#SRV}.
 *
 * @param name absolute; compares without regard to case
 * @param type the type's number
 */
record Question(Name name, int type) {
    /**
     * Asks about a domain name or a name below it.
     *
     * @param prefix labels in front of the domain, such as {@code _sips._tcp.}; may be empty
     * @throws IllegalArgumentException if both together are too long for a name
     */
    static Question of(String prefix, DomainName domain, int type) {
        try {
            return new Question(Name.fromString(prefix + domain.value(), Name.root), type);
        } catch (TextParseException tooLong) {
            throw new IllegalArgumentException(prefix + domain + " is not a name that can be looked up", tooLong);
        }
    }

    Question at(Name otherName) {
        return new Question(otherName, type);
    }

    Record toRecord() {
        return Record.newRecord(name, type, DClass.IN);
    }

    @Override
    public String toString() {
        return Type.string(type) + " " + name.toString(true);
    }
}
