// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.smack;

import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smack.xml.SmackXmlParser;
import org.jivesoftware.smack.xml.stax.StaxXmlPullParserFactory;
import org.jxmpp.JxmppContext;
import org.jxmpp.stringprep.XmppStringPrepUtil;

/** Smack and jxmpp as this appliance uses them: for stanzas and addresses, without the parts that make a client. */
public final class Smack {
    private static final int CACHED_ADDRESSES = 20_000;
    private static final String[] FOR_CLIENTS = {
        "org.jivesoftware.smack.initializer.VmArgInitializer",
        "org.jivesoftware.smack.ReconnectionManager",
        "org.jivesoftware.smack.extensions.ExtensionsInitializer",
        "org.jivesoftware.smack.im.SmackImInitializer",
    };

    static {
        // In this order: loading Smack's first class may start everything else.
        SmackXmlParser.setXmlPullParserFactory(new StaxXmlPullParserFactory());
        for (String client : FOR_CLIENTS) {
            SmackConfiguration.addDisabledSmackClass(client);
        }
        // First, because this class's initialiser sets the simple preparation again.
        XmppStringPrepUtil.setMaxCacheSizes(CACHED_ADDRESSES);
        JxmppContext.setDefaultXmppStringprep(new AddressPreparation());
    }

    private Smack() {}

    /** Sees to it that the libraries are set up; whoever uses a class of theirs calls this before. Thread-safe. */
    public static void load() {
        // The class initialiser does it, once.
    }
}
