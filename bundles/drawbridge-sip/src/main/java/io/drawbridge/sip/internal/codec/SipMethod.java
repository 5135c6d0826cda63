// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/** The methods this edge treats by name; their names are case-sensitive (RFC 3261 section 7.1). */
public enum SipMethod {
    ACK,
    /** Notification that is never answered, [MS-SIP]. */
    BENOTIFY,
    BYE,
    CANCEL,
    INFO,
    INVITE,
    MESSAGE,
    NEGOTIATE,
    NOTIFY,
    OPTIONS,
    PRACK,
    PUBLISH,
    REFER,
    REGISTER,
    SERVICE,
    SUBSCRIBE,
    UPDATE,
    /** Any other; the request tells its name. */
    EXTENSION;

    private static final SipMethod[] ALL = values();

    static SipMethod of(byte[] array, int start, int end) {
        if (start == end) {
            return EXTENSION;
        }
        for (SipMethod method : ALL) {
            String name = method.name();
            if (name.charAt(0) == array[start] && Ascii.equals(array, start, end, name)) {
                return method;
            }
        }
        return EXTENSION;
    }

    /** Returns whether a request of this method is ever answered. */
    public boolean isAnswered() {
        return this != ACK && this != BENOTIFY;
    }
}
