// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The alternative name id-on-xmppAddr (RFC 6120 section 13.7.1.4), which an own certificate had better not carry. */
final class XmppAddress {
    private static final ASN1ObjectIdentifier ID = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");

    private XmppAddress() {}

    static boolean isNamedIn(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
        if (extension == null) {
            return false;
        }
        try {
            byte[] names = ASN1OctetString.getInstance(extension).getOctets();
            return Stream.of(GeneralNames.getInstance(names).getNames()).anyMatch(XmppAddress::isXmppAddress);
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }

    private static boolean isXmppAddress(GeneralName name) {
        return name.getTagNo() == GeneralName.otherName
                && ID.equals(ASN1Sequence.getInstance(name.getName()).getObjectAt(0));
    }
}
