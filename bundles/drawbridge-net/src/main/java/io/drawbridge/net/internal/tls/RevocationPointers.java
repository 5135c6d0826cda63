// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Where a certificate says that its status can be asked. Only plain HTTP counts: answers are signed (RFC 5280 8). */
final class RevocationPointers {
    private static final int MOST_POINTS = 4;

    private RevocationPointers() {}

    static Optional<URI> responder(X509Certificate certificate) {
        return extension(certificate, Extension.authorityInfoAccess, AuthorityInformationAccess::getInstance).stream()
                .flatMap(access -> Stream.of(access.getAccessDescriptions()))
                .filter(access -> access.getAccessMethod().equals(AccessDescription.id_ad_ocsp))
                .map(AccessDescription::getAccessLocation)
                .flatMap(RevocationPointers::http)
                .findFirst();
    }

    static List<URI> distributionPoints(X509Certificate certificate) {
        return extension(certificate, Extension.cRLDistributionPoints, CRLDistPoint::getInstance).stream()
                .flatMap(points -> Stream.of(points.getDistributionPoints()))
                .map(point -> point.getDistributionPoint())
                .filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
                .flatMap(name ->
                        Stream.of(GeneralNames.getInstance(name.getName()).getNames()))
                .flatMap(RevocationPointers::http)
                .limit(MOST_POINTS)
                .toList();
    }

    private static Stream<URI> http(GeneralName name) {
        if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
            return Stream.empty();
        }
        try {
            URI uri = URI.create(name.getName().toString());
            return "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null ? Stream.of(uri) : Stream.empty();
        } catch (IllegalArgumentException broken) {
            return Stream.empty();
        }
    }

    private static <T extends ASN1Encodable> Optional<T> extension(
            X509Certificate certificate, ASN1ObjectIdentifier type, Function<Object, T> read) {
        byte[] value = certificate.getExtensionValue(type.getId());
        if (value == null) {
            return Optional.empty();
        }
        try {
            byte[] content = ASN1OctetString.getInstance(value).getOctets();
            return Optional.of(read.apply(ASN1Primitive.fromByteArray(content)));
        } catch (IOException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }
}
