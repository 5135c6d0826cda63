// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.http;

import java.io.IOException;

/** What one path of the management port answers. Called on several threads at once. */
@FunctionalInterface
public interface Page {
    /**
     * Makes the answer.
     *
     * @param accept the request's {@code Accept} header, or null
     */
    Answer get(String accept) throws IOException;
}
