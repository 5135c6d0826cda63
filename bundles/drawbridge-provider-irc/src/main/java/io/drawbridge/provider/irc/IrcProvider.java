// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.api.provider.Provider;
import org.osgi.service.component.annotations.Component;

/** The one network of those who need one only. */
@Component(service = Provider.class)
public final class IrcProvider extends IrcNetwork {
    static final String ID = "irc";

    /** Is ready to connect. */
    public IrcProvider() {
        super(ID, "Internet Relay Chat");
    }
}
