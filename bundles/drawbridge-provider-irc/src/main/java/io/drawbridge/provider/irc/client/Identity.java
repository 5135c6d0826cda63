// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;

/**
 * Who signs in, and how.
 *
 * @param user the own user
 * @param domain the domain at which the network's people are
 * @param nick the nick wanted
 * @param realName what others read beside the nick
 * @param serverPassword for servers that only let some in; empty for others
 * @param proof by what the account proves itself
 * @param account the account's name at the network, for SASL
 * @param password the account's password; empty if it proves itself otherwise
 */
public record Identity(
        Principal user,
        DomainName domain,
        String nick,
        String realName,
        String serverPassword,
        Proof proof,
        String account,
        String password) {
    /** By what an account proves itself to the network. */
    public enum Proof {
        /** By nothing: whoever comes first has the nick. */
        NONE,
        /** By a password (RFC 4616). */
        PLAIN,
        /** By the certificate shown in TLS (RFC 4422 appendix A). */
        EXTERNAL
    }

    /** Names nobody's secret. */
    @Override
    public String toString() {
        return nick + "@" + domain;
    }
}
