// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.registrar;

import gov.nist.javax.sip.header.AuthenticationHeader;
import gov.nist.javax.sip.message.SIPRequest;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.sip.Flows;
import io.drawbridge.home.internal.users.DigestAlgorithm;
import io.drawbridge.home.internal.users.UserTable;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.SipParser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Digest authentication (RFC 7616, RFC 8760, RFC 3261 section 22). The realm is the domain of the user's address. A user
 * who proved himself on a connection need not do so again for each request there. Unknown users are answered as those
 * with a wrong password. Owned by the home's thread.
 */
public final class Authenticator {
    private static final int REMEMBERED_NONCES = 10_000;
    private static final Pattern MD5_ONLY = Pattern.compile("baresip v[01]\\.");
    private final Supplier<HomeConfig> config;
    private final UserTable users;
    private final Flows flows;
    private final OutsideAccess outside;
    private final Nonces nonces;
    private final Brake brake;
    private final String pepper;
    private final LongAdder failures = new LongAdder();

    /** Starts with fresh keys: after a restart clients are challenged again. */
    public Authenticator(
            Supplier<HomeConfig> config, UserTable users, Flows flows, OutsideAccess outside, InstantSource clock) {
        this.config = config;
        this.users = users;
        this.flows = flows;
        this.outside = outside;
        this.nonces = new Nonces(clock, REMEMBERED_NONCES);
        this.brake = new Brake(clock);
        this.pepper = nonces.create("pepper");
    }

    /** Returns how many proofs were wrong since the start. */
    public long failures() {
        return failures.sum();
    }

    /**
     * Lets a request pass only with proof that it comes from {@code claimed}, and notes that on its connection.
     *
     * @throws RequestRefused the challenge, or 403 if there were too many failures or the user may not come from outside
     */
    public void require(SIPRequest request, SipFlow flow, Address claimed, Scheme scheme) throws RequestRefused {
        Credentials credentials =
                find(request, claimed, scheme).orElseThrow(() -> challenge(request, scheme, claimed, flow, false));
        String origin = flow.remote().host();
        String name = claimed.toString();
        Duration pause = brake.wait(name, origin);
        if (!pause.isZero()) {
            throw new RequestRefused(403, "Too Many Failures")
                    .with("Retry-After", Long.toString(pause.toSeconds() + 1));
        }
        if (!proves(credentials, request, claimed)) {
            failures.increment();
            brake.failed(name, origin);
            throw challenge(request, scheme, claimed, flow, false);
        }
        Duration life = Duration.ofSeconds(config.get().nonceLife());
        if (!nonces.use(credentials.nonce(), flow.id(), credentials.counted(), life)) {
            throw challenge(request, scheme, claimed, flow, true);
        }
        brake.succeeded(name, origin);
        outside.require(flow, claimed);
        flows.authenticated(flow, claimed);
    }

    private static Optional<Credentials> find(SIPRequest request, Address claimed, Scheme scheme) {
        Iterator<?> headers = request.getHeaders(scheme.credentials);
        while (headers.hasNext()) {
            if (headers.next() instanceof AuthenticationHeader header) {
                Optional<Credentials> found = Credentials.of(header)
                        .filter(it -> it.realm().equals(claimed.domain().value()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean proves(Credentials credentials, SIPRequest request, Address claimed) {
        DigestAlgorithm algorithm = credentials.algorithm();
        boolean offered = algorithm != DigestAlgorithm.MD5 || config.get().allowMd5();
        String username = credentials.username().toLowerCase(Locale.ROOT);
        boolean named = username.equals(claimed.user()) || username.equals(claimed.toString());
        Optional<String> ha1 = users.find(claimed).flatMap(user -> user.ha1(algorithm));
        String secret = ha1.orElseGet(() -> algorithm.hash(pepper + claimed));
        boolean proven = credentials.prove(secret, request.getMethod());
        boolean target =
                SipParser.text(request).startLine().equals(request.getMethod() + " " + credentials.uri() + " SIP/2.0");
        return proven && ha1.isPresent() && offered && named && target;
    }

    private RequestRefused challenge(SIPRequest request, Scheme scheme, Address claimed, SipFlow flow, boolean stale) {
        RequestRefused challenge = new RequestRefused(scheme.status);
        String nonce = nonces.create(flow.id());
        for (DigestAlgorithm algorithm : offered(request)) {
            challenge.with(
                    scheme.challenge,
                    "Digest realm=\"" + claimed.domain() + "\",nonce=\"" + nonce + "\",algorithm=" + algorithm.token()
                            + ",qop=\"auth\"" + (stale ? ",stale=true" : ""));
        }
        return challenge;
    }

    private List<DigestAlgorithm> offered(SIPRequest request) {
        if (!config.get().allowMd5()) {
            return List.of(DigestAlgorithm.SHA_256);
        }
        // COMPAT(baresip 1.0 with libre 1.1, Debian 12): gives up if any of the challenges is not MD5.
        boolean knowsMd5Only = SipParser.text(request)
                .value("User-Agent")
                .filter(client -> MD5_ONLY.matcher(client).lookingAt())
                .isPresent();
        return knowsMd5Only ? List.of(DigestAlgorithm.MD5) : List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
    }

    /** As whom the home asks for proof. */
    public enum Scheme {
        /** As the registrar or presence agent a request ends at. */
        REGISTRAR(401, "WWW-Authenticate", "Authorization"),
        /** As the proxy a request passes. */
        PROXY(407, "Proxy-Authenticate", "Proxy-Authorization");

        private final int status;
        private final String challenge;
        private final String credentials;

        Scheme(int status, String challenge, String credentials) {
            this.status = status;
            this.challenge = challenge;
            this.credentials = credentials;
        }
    }
}
