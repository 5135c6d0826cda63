// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

import java.util.Locale;
import java.util.Optional;

/** Why a stream ends (RFC 6120 section 4.9.3). */
public enum StreamCondition {
    BAD_FORMAT,
    BAD_NAMESPACE_PREFIX,
    CONFLICT,
    CONNECTION_TIMEOUT,
    HOST_GONE,
    HOST_UNKNOWN,
    IMPROPER_ADDRESSING,
    INTERNAL_SERVER_ERROR,
    INVALID_FROM,
    INVALID_NAMESPACE,
    INVALID_XML,
    NOT_AUTHORIZED,
    NOT_WELL_FORMED,
    POLICY_VIOLATION,
    REMOTE_CONNECTION_FAILED,
    RESET,
    RESOURCE_CONSTRAINT,
    RESTRICTED_XML,
    SEE_OTHER_HOST,
    SYSTEM_SHUTDOWN,
    UNDEFINED_CONDITION,
    UNSUPPORTED_ENCODING,
    UNSUPPORTED_FEATURE,
    UNSUPPORTED_STANZA_TYPE,
    UNSUPPORTED_VERSION;

    private final String element = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Returns the name of the element that stands for it. */
    public String element() {
        return element;
    }

    /** Returns the condition an element stands for. */
    public static Optional<StreamCondition> of(String element) {
        for (StreamCondition condition : values()) {
            if (condition.element.equals(element)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }
}
