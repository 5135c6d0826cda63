// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.drawbridge.testbed.Credential;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * The TLS files of one end.
 *
 * @param certificate own chain in PEM
 * @param key own key in PEM
 * @param anchor whom to trust, PEM
 */
public record LoadTls(Path certificate, Path key, Path anchor) {
    /** Takes the files of a credential. */
    public static LoadTls of(Credential credential, Path anchor) {
        return new LoadTls(credential.certificateFile(), credential.keyFile(), anchor);
    }

    SslContext client() {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL)
                    .keyManager(certificate.toFile(), key.toFile())
                    .trustManager(anchor.toFile())
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    SslContext server() {
        try {
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.OPENSSL)
                    .trustManager(anchor.toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
