// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.util.Locale;

/**
 * The header fields this edge knows by name: those routing and trust read, those with a compact form, and those whose
 * lines may hold several values. All others pass unread.
 */
public enum HeaderName {
    ACCEPT("Accept", Shape.LIST),
    ACCEPT_CONTACT("Accept-Contact", 'a', Shape.LIST),
    ALLOW("Allow", Shape.LIST),
    ALLOW_EVENTS("Allow-Events", 'u', Shape.LIST),
    AUTHORIZATION("Authorization", Shape.LINE),
    CALL_ID("Call-ID", 'i', Shape.ONLY),
    CONTACT("Contact", 'm', Shape.LIST),
    CONTENT_ENCODING("Content-Encoding", 'e', Shape.LIST),
    CONTENT_LENGTH("Content-Length", 'l', Shape.ONLY),
    CONTENT_TYPE("Content-Type", 'c', Shape.ONLY),
    CSEQ("CSeq", Shape.ONLY),
    DATE("Date", Shape.LINE),
    DIVERSION("Diversion", Shape.LIST),
    END_POINTS("EndPoints", Shape.LIST),
    EVENT("Event", 'o', Shape.ONLY),
    EXPIRES("Expires", Shape.ONLY),
    FLOW_TIMER("Flow-Timer", Shape.LINE),
    FROM("From", 'f', Shape.ONLY),
    HISTORY_INFO("History-Info", Shape.LIST),
    IDENTITY("Identity", 'y', Shape.LIST),
    IDENTITY_INFO("Identity-Info", 'n', Shape.LINE),
    MAX_BREADTH("Max-Breadth", Shape.LINE),
    MAX_FORWARDS("Max-Forwards", Shape.ONLY),
    MS_ASSERTED_VERIFICATION_LEVEL("ms-asserted-verification-level", Shape.LINE),
    MS_CALL_SOURCE("ms-call-source", Shape.LINE),
    MS_CLIENT_DIAGNOSTICS("ms-client-diagnostics", Shape.LINE),
    MS_CONVERSATION_ID("Ms-Conversation-ID", Shape.LINE),
    MS_DIAGNOSTICS("ms-diagnostics", Shape.LINE),
    MS_DIAGNOSTICS_PUBLIC("ms-diagnostics-public", Shape.LINE),
    MS_EDGE_PROXY_MESSAGE_TRUST("ms-edge-proxy-message-trust", Shape.LINE),
    MS_ENDPOINT_LOCATION_DATA("ms-endpoint-location-data", Shape.LINE),
    MS_EXCHANGE_INFO("ms-exchange-info", Shape.LINE),
    MS_KEEP_ALIVE("ms-keep-alive", Shape.LINE),
    MS_SUBNET("ms-subnet", Shape.LINE),
    MS_TELEMETRY_ID("ms-telemetry-id", Shape.LINE),
    MS_USER_DATA("ms-user-data", Shape.LINE),
    MS_USER_LOGON_DATA("ms-user-logon-data", Shape.LINE),
    P_ASSERTED_IDENTITY("P-Asserted-Identity", Shape.LIST),
    P_PREFERRED_IDENTITY("P-Preferred-Identity", Shape.LIST),
    P_SESSION_ON_BEHALF_OF("P-Session-On-Behalf-Of", Shape.LINE),
    PATH("Path", Shape.LIST),
    PRIVACY("Privacy", Shape.LINE),
    PROXY_AUTHENTICATE("Proxy-Authenticate", Shape.LINE),
    PROXY_AUTHORIZATION("Proxy-Authorization", Shape.LINE),
    PROXY_REQUIRE("Proxy-Require", Shape.LIST),
    RACK("RAck", Shape.LINE),
    REASON("Reason", Shape.LIST),
    RECORD_ROUTE("Record-Route", Shape.LIST),
    REFER_TO("Refer-To", 'r', Shape.LINE),
    REFERRED_BY("Referred-By", 'b', Shape.LINE),
    REJECT_CONTACT("Reject-Contact", 'j', Shape.LIST),
    REMOTE_PARTY_ID("Remote-Party-ID", Shape.LIST),
    REPLACES("Replaces", Shape.LINE),
    REQUEST_DISPOSITION("Request-Disposition", 'd', Shape.LIST),
    REQUIRE("Require", Shape.LIST),
    RETRY_AFTER("Retry-After", Shape.LINE),
    ROUTE("Route", Shape.LIST),
    RSEQ("RSeq", Shape.LINE),
    SERVER("Server", Shape.LINE),
    SERVICE_ROUTE("Service-Route", Shape.LIST),
    SESSION_EXPIRES("Session-Expires", 'x', Shape.LINE),
    SUBJECT("Subject", 's', Shape.LINE),
    SUBSCRIPTION_STATE("Subscription-State", Shape.LINE),
    SUPPORTED("Supported", 'k', Shape.LIST),
    TIMESTAMP("Timestamp", Shape.LINE),
    TO("To", 't', Shape.ONLY),
    UNSUPPORTED("Unsupported", Shape.LIST),
    USER_AGENT("User-Agent", Shape.LINE),
    VIA("Via", 'v', Shape.LIST),
    WARNING("Warning", Shape.LIST),
    WWW_AUTHENTICATE("WWW-Authenticate", Shape.LINE);

    /** How values stand on the lines of a header field. */
    private enum Shape {
        /** Several values, separated by commas or on lines of their own. */
        LIST,
        /** One value to a line. */
        LINE,
        /** One value in a message; a second line is an error. */
        ONLY
    }

    private static final int SLOTS = 512;
    private static final HeaderName[] COMPACT = new HeaderName[128];
    private static final HeaderName[] TABLE = new HeaderName[SLOTS];

    static {
        for (HeaderName name : values()) {
            if (name.compact != 0) {
                COMPACT[name.compact] = name;
                COMPACT[Character.toUpperCase(name.compact)] = name;
            }
            int slot = slot(name.lowered, 0, name.lowered.length);
            while (TABLE[slot] != null) {
                slot = (slot + 1) % SLOTS;
            }
            TABLE[slot] = name;
        }
    }

    private final String text;
    private final char compact;
    private final Shape shape;

    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] lowered;

    /** The name as a header line begins. */
    @SuppressWarnings("ImmutableEnumChecker")
    final byte[] lead;

    HeaderName(String text, Shape shape) {
        this(text, (char) 0, shape);
    }

    HeaderName(String text, char compact, Shape shape) {
        this.text = text;
        this.compact = compact;
        this.shape = shape;
        this.lowered = Octets.of(text.toLowerCase(Locale.ROOT)).array;
        this.lead = Octets.of(text + ": ").array;
    }

    /** Returns the name as the specifications write it. */
    public String text() {
        return text;
    }

    /** Returns whether one line may hold several values separated by commas. */
    public boolean isList() {
        return shape == Shape.LIST;
    }

    /** Returns whether a message may hold it only once. */
    public boolean isOnly() {
        return shape == Shape.ONLY;
    }

    /** Returns the header field with this name, in any case or its compact form, or null. */
    static HeaderName of(byte[] array, int start, int end) {
        if (end - start == 1) {
            return array[start] < 0 ? null : COMPACT[array[start]];
        }
        int slot = slot(array, start, end);
        for (HeaderName name = TABLE[slot]; name != null; name = TABLE[slot]) {
            if (Ascii.equalsLowered(array, start, end, name.lowered)) {
                return name;
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    private static int slot(byte[] array, int start, int end) {
        int first = array[start] | 0x20;
        int middle = array[(start + end) >>> 1] | 0x20;
        int last = array[end - 1] | 0x20;
        return (first * 31 + middle * 7 + last * 131 + (end - start) * 17) & SLOTS - 1;
    }
}
