// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** A set of IP addresses and networks, as an administrator lists them. */
public final class AddressRanges {
    /** Holds no address. */
    public static final AddressRanges NONE = new AddressRanges(List.of());

    private final List<IpSubnetFilterRule> ranges;

    private AddressRanges(List<IpSubnetFilterRule> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads addresses and networks.
     *
     * @param texts {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code 2001:db8::/32}
     * @throws IllegalArgumentException if one is neither; the message names it
     */
    public static AddressRanges of(List<String> texts) {
        return texts.isEmpty()
                ? NONE
                : new AddressRanges(texts.stream().map(AddressRanges::range).toList());
    }

    private static IpSubnetFilterRule range(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        try {
            int prefix = slash < 0 ? bytes.length * Byte.SIZE : Integer.parseInt(text.substring(slash + 1));
            return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
        } catch (NullPointerException | IllegalArgumentException neither) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither an IP address nor a network such as 192.0.2.0/24");
        }
    }

    /** Returns whether there is no address in it. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Returns whether the host of {@code address} lies in one of the ranges. */
    public boolean contains(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                && ranges.stream().anyMatch(range -> range.matches(internet));
    }
}
