// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.drawbridge.api.model.DomainName;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The alternative names for XMPP: id-on-xmppAddr (RFC 6120 section 13.7.1.4), which an own certificate had better not
 * carry, and id-on-dnsSRV (RFC 4985).
 */
public final class XmppNames {
    private static final ASN1ObjectIdentifier ADDRESS = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");
    private static final ASN1ObjectIdentifier SERVICE = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7");
    private static final String SERVERS = "_xmpp-server.";

    private XmppNames() {}

    /** Returns the domains that are named whole, for servers. */
    static List<DomainName> domains(X509Certificate certificate) {
        return Stream.concat(
                        texts(certificate, ADDRESS),
                        texts(certificate, SERVICE)
                                .filter(name -> name.regionMatches(true, 0, SERVERS, 0, SERVERS.length()))
                                .map(name -> name.substring(SERVERS.length())))
                .flatMap(name -> domain(name).stream())
                .toList();
    }

    /** Returns whether there is an id-on-xmppAddr. */
    public static boolean hasAddress(X509Certificate certificate) {
        return texts(certificate, ADDRESS).findAny().isPresent();
    }

    /** An address with a local part, or a wildcard, is no domain. */
    private static Optional<DomainName> domain(String name) {
        try {
            return Optional.of(DomainName.of(name));
        } catch (IllegalArgumentException notADomain) {
            return Optional.empty();
        }
    }

    private static Stream<String> texts(X509Certificate certificate, ASN1ObjectIdentifier type) {
        byte[] extension = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
        if (extension == null) {
            return Stream.empty();
        }
        try {
            byte[] names = ASN1OctetString.getInstance(extension).getOctets();
            return Stream.of(GeneralNames.getInstance(names).getNames())
                    .filter(name -> name.getTagNo() == GeneralName.otherName)
                    .map(name -> ASN1Sequence.getInstance(name.getName()))
                    .filter(name -> type.equals(name.getObjectAt(0)))
                    .map(name -> ASN1TaggedObject.getInstance(name.getObjectAt(1))
                            .getExplicitBaseObject()
                            .toASN1Primitive())
                    .filter(ASN1String.class::isInstance)
                    .map(text -> ((ASN1String) text).getString())
                    .toList()
                    .stream();
        } catch (IllegalArgumentException | IllegalStateException | ArrayIndexOutOfBoundsException broken) {
            return Stream.empty();
        }
    }
}
