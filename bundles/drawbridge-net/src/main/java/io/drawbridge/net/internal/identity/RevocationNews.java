// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.net.internal.tls.HttpFetch;
import io.drawbridge.net.internal.tls.RevocationDownloads;
import java.time.Clock;
import org.osgi.service.component.annotations.Component;

/** Keeps what was heard about revocation for all identities together. */
@Component(service = RevocationNews.class)
public final class RevocationNews {
    private final RevocationDownloads downloads = new RevocationDownloads(new HttpFetch(), Clock.systemUTC());

    RevocationDownloads downloads() {
        return downloads;
    }
}
