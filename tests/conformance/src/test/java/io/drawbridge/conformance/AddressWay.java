// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.conformance.AddressVector.Protocol;
import io.drawbridge.sip.internal.map.ErrorTables;
import io.drawbridge.sip.internal.map.SipAddresses;
import io.drawbridge.xmpp.internal.map.Addresses;
import java.util.Locale;

/** The whole way of an address through the product, with both protocols' answers where it ends early. */
final class AddressWay {
    private AddressWay() {}

    /** Reads an address as SIP has it: with brackets as in a header field, without as in a start line. */
    static Instance readSip(String address) throws io.drawbridge.sip.internal.map.Unmappable {
        return address.startsWith("<") ? SipAddresses.ofHeader(address) : SipAddresses.of(address);
    }

    /** Returns what an address of a protocol becomes on the other side, or {@code !} and what its sender is answered. */
    static String from(Protocol protocol, String address) {
        boolean isSip = protocol == Protocol.SIP;
        try {
            Instance instance = isSip ? readSip(address) : Addresses.read(address);
            return isSip ? Addresses.write(instance).toString() : SipAddresses.uri(instance);
        } catch (io.drawbridge.sip.internal.map.Unmappable refused) {
            return "!" + refused.status();
        } catch (io.drawbridge.xmpp.internal.map.Unmappable refused) {
            return "!"
                    + (isSip ? ErrorTables.status(refused.condition(), false, false, true) : word(refused.condition()));
        }
    }

    private static String word(Condition condition) {
        return condition.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
