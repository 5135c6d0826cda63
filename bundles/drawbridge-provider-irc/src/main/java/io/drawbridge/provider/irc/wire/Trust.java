// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.wire;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What TLS is made of, made once for all accounts with the same files and anew when one of them changes. */
final class Trust {
    private static final int MOST = 64;

    private final Map<Files, Made> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Files, Made> eldest) {
            return size() > MOST;
        }
    };

    /**
     * The files, all PEM.
     *
     * @param anchors the authorities that servers' certificates lead to; empty for those Java trusts
     * @param own what the account proves itself by, if it does so by a certificate
     */
    record Files(String anchors, Optional<Own> own) {
        private Stream<File> all() {
            return Stream.concat(Stream.of(anchors), own.stream().flatMap(it -> Stream.of(it.certificate(), it.key())))
                    .filter(path -> !path.isEmpty())
                    .map(File::new);
        }
    }

    private record Made(SslContext context, List<Long> changed) {}

    /**
     * Returns what TLS is made of.
     *
     * @throws SSLException if a file cannot be read or does not hold what it should; the message names no secret
     */
    synchronized SslContext of(Files files) throws SSLException {
        List<Long> changed = files.all().map(File::lastModified).toList();
        Made before = made.get(files);
        if (before != null && before.changed().equals(changed)) {
            return before.context();
        }
        SslContext context = make(files);
        made.put(files, new Made(context, changed));
        return context;
    }

    private static SslContext make(Files files) throws SSLException {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient().protocols("TLSv1.3", "TLSv1.2");
            if (!files.anchors().isEmpty()) {
                builder.trustManager(new File(files.anchors()));
            }
            files.own().ifPresent(own -> builder.keyManager(new File(own.certificate()), new File(own.key())));
            // The name in the certificate is the server's: RFC 7194 section 3 by way of RFC 6125.
            return builder.endpointIdentificationAlgorithm("HTTPS").build();
        } catch (IllegalArgumentException unreadable) {
            throw new SSLException(unreadable.getMessage(), unreadable);
        }
    }
}
