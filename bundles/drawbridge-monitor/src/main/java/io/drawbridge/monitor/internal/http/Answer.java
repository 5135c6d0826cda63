// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.http;

/**
 * An answer of the management port.
 *
 * @param status the HTTP status code
 * @param contentType the media type of the body, in UTF-8
 * @param body never empty
 */
public record Answer(int status, String contentType, String body) {
    /** RFC 9110 section 15.3.1. */
    public static final int OK = 200;
    /** RFC 9110 section 15.5.5. */
    public static final int NOT_FOUND = 404;
    /** RFC 9110 section 15.5.6. */
    public static final int METHOD_NOT_ALLOWED = 405;
    /** RFC 9110 section 15.6.1. */
    public static final int FAILED = 500;
    /** RFC 9110 section 15.6.4. */
    public static final int UNAVAILABLE = 503;

    /** Makes an answer of plain text. */
    public static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text);
    }

    /** Makes an answer of JSON. */
    public static Answer json(int status, String json) {
        return new Answer(status, "application/json", json);
    }
}
