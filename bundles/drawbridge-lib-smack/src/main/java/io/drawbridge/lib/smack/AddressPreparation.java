// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.smack;

import io.drawbridge.api.model.DomainName;
import java.util.function.UnaryOperator;
import org.jxmpp.stringprep.XmppStringprep;
import org.jxmpp.stringprep.XmppStringprepException;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * The preparation of addresses by RFC 7622: UsernameCaseMapped for the local part, OpaqueString for the resource (RFC
 * 8265), U-labels of IDNA 2008 for the domain.
 */
final class AddressPreparation implements XmppStringprep {
    private static final String NOT_IN_LOCAL_PART = "\"&'/:<>@";

    @Override
    public String localprep(String text) throws XmppStringprepException {
        return prepared(text, AddressPreparation::local);
    }

    @Override
    public String domainprep(String text) throws XmppStringprepException {
        return prepared(text, domain -> DomainName.of(domain).unicode());
    }

    @Override
    public String resourceprep(String text) throws XmppStringprepException {
        return prepared(text, PrecisProfiles.OPAQUE_STRING::enforce);
    }

    private static String local(String text) {
        String local = PrecisProfiles.USERNAME_CASE_MAPPED.enforce(text);
        if (local.chars().anyMatch(c -> NOT_IN_LOCAL_PART.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("a local part holds none of " + NOT_IN_LOCAL_PART);
        }
        if (backslashes(local) != backslashes(text)) {
            throw new IllegalArgumentException("a wide backslash could make an escape sequence (XEP-0106)");
        }
        return local;
    }

    private static long backslashes(String text) {
        return text.chars().filter(c -> c == '\\').count();
    }

    private static String prepared(String text, UnaryOperator<String> profile) throws XmppStringprepException {
        try {
            return profile.apply(text);
        } catch (IllegalArgumentException e) {
            throw new XmppStringprepException(text, e);
        }
    }
}
