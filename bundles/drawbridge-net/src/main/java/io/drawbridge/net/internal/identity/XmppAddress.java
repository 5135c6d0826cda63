// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/** The alternative name id-on-xmppAddr (RFC 6120 section 13.7.1.4), which an own certificate had better not carry. */
final class XmppAddress {
    private static final int OTHER_NAME = 0;
    private static final ASN1ObjectIdentifier ID = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");

    private XmppAddress() {}

    static boolean isNamedIn(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null && names.stream().anyMatch(XmppAddress::isXmppAddress);
        } catch (CertificateParsingException broken) {
            return false;
        }
    }

    private static boolean isXmppAddress(List<?> name) {
        if (!name.get(0).equals(OTHER_NAME)) {
            return false;
        }
        ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(name.get(1));
        return ID.equals(ASN1Sequence.getInstance(tagged, false).getObjectAt(0));
    }
}
