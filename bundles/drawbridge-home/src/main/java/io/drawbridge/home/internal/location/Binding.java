// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.location;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.sip.SipFlow;
import java.time.Instant;

/**
 * A client of a user (RFC 3261 section 10.3). It is reached over the flow it registered on, never by its Contact.
 *
 * @param user the address of record, folded
 * @param key what tells it from the user's other clients: its instance identifier (RFC 5626), else its Contact
 * @param contact the Contact URI as the client wrote it
 * @param flow the connection it registered on
 * @param callId of the registration
 * @param sequence CSeq number of the registration
 * @param expires when it ends
 * @param client the client's User-Agent, empty if it said none
 */
public record Binding(
        Address user,
        String key,
        String contact,
        SipFlow flow,
        String callId,
        long sequence,
        Instant expires,
        String client) {}
