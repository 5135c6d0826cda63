// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import io.drawbridge.lib.smack.Smack;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Domainpart;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * Addresses of XMPP to principals and instances and back: RFC 7622, RFC 7247 section 6, XEP-0106. What would collapse
 * with another address, or change on its way, is refused.
 */
public final class Addresses {
    private static final String SPACE = "\\20";

    static {
        Smack.load();
    }

    private Addresses() {}

    /**
     * Reads an address as a stanza has it. It is prepared before it is unescaped, so that an escape sequence of upper-case
     * digits is one too.
     *
     * @throws Unmappable {@code jid-malformed} if it breaks a rule of XMPP; {@code item-not-found} if another address
     *     means the same principal
     */
    public static Instance read(String address) throws Unmappable {
        requireParts(address);
        try {
            Jid jid = JidCreate.from(address);
            Localpart local = jid.getLocalpartOrNull();
            Resourcepart resource = jid.getResourceOrNull();
            DomainName domain = DomainName.of(jid.getDomain().toString());
            String user = local == null ? "" : unescaped(local.toString());
            return new Instance(principal(user, domain), resource == null ? "" : resource.toString());
        } catch (XmppStringprepException | IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    /** jxmpp takes an address with an empty part for the one without it, once its cache knows that. */
    private static void requireParts(String address) throws Unmappable {
        int slash = address.indexOf('/');
        if (slash == address.length() - 1 || slash == 0 || address.startsWith("@")) {
            throw malformed(null);
        }
    }

    private static String unescaped(String local) throws Unmappable {
        if (local.startsWith(SPACE) || local.endsWith(SPACE)) {
            throw new Unmappable(Condition.JID_MALFORMED, "a local part neither starts nor ends with a space", null);
        }
        String plain = JidEscaping.unescape(local);
        if (!JidEscaping.escape(plain).equals(local)) {
            throw new Unmappable(Condition.ITEM_NOT_FOUND, "the local part is escaped where it need not be", null);
        }
        return plain;
    }

    private static Principal principal(String user, DomainName domain) throws Unmappable {
        try {
            return new Principal(user, domain);
        } catch (IllegalArgumentException e) {
            // A mark after an escaped character composes with it once unescaped, as in the sign for "not less".
            throw new Unmappable(Condition.ITEM_NOT_FOUND, "the local part changes when it is unescaped", e);
        }
    }

    /**
     * Writes an instance as an address. An identifier that no resource can have is left out.
     *
     * @throws Unmappable {@code item-not-found} if XMPP has no address for the principal
     */
    public static Jid write(Instance instance) throws Unmappable {
        Jid bare = write(instance.principal());
        if (instance.isAny()) {
            return bare;
        }
        try {
            Resourcepart resource = Resourcepart.from(instance.id());
            return resource.toString().equals(instance.id()) ? JidCreate.fullFrom(bare.asBareJid(), resource) : bare;
        } catch (XmppStringprepException | IllegalArgumentException e) {
            return bare;
        }
    }

    /**
     * Writes a principal as a bare address.
     *
     * @throws Unmappable {@code item-not-found} if XMPP has no address for it
     */
    public static Jid write(Principal principal) throws Unmappable {
        try {
            Domainpart domain = Domainpart.from(principal.domain().unicode());
            return principal.isDomain()
                    ? JidCreate.domainBareFrom(domain)
                    : JidCreate.entityBareFrom(local(principal.local()), domain);
        } catch (XmppStringprepException | IllegalArgumentException e) {
            throw new Unmappable(Condition.ITEM_NOT_FOUND, "XMPP has no such address", e);
        }
    }

    private static Localpart local(String plain) throws Unmappable, XmppStringprepException {
        String escaped = JidEscaping.escape(plain);
        Localpart local = Localpart.from(escaped);
        if (!local.toString().equals(escaped) || escaped.startsWith(SPACE) || escaped.endsWith(SPACE)) {
            throw new Unmappable(Condition.ITEM_NOT_FOUND, "XMPP has no such local part", null);
        }
        return local;
    }

    private static Unmappable malformed(Throwable cause) {
        return new Unmappable(Condition.JID_MALFORMED, "the address breaks a rule of RFC 7622", cause);
    }
}
