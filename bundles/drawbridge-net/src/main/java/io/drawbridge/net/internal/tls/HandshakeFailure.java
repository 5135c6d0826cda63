// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.drawbridge.api.policy.Reason;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;

/** Why a handshake failed: the causes that are counted and shown. */
public enum HandshakeFailure {
    /** The peer showed no certificate although one is demanded. */
    NO_CERTIFICATE("the peer showed no certificate"),
    /** No path leads to a configured trust anchor. */
    UNKNOWN_AUTHORITY("the certificate leads to no configured trust anchor"),
    /** A certificate of the chain is past its end. */
    EXPIRED("the certificate has expired"),
    /** A certificate of the chain is before its beginning. */
    NOT_YET_VALID("the certificate is not valid yet"),
    /** A certificate of the chain was revoked. */
    REVOKED("the certificate was revoked"),
    /** Nobody could say whether it was revoked, and the policy is hard. */
    REVOCATION_UNKNOWN("its revocation status cannot be found out, and revocation=hard"),
    /** Its key usages do not allow TLS servers. */
    WRONG_PURPOSE("the certificate is not for TLS servers"),
    /** More or larger certificates than any sound chain has. */
    CHAIN_TOO_LARGE("the certificate chain is too large"),
    /** Any other fault in the chain: signature, name constraint, path length, weak algorithm. */
    INVALID_CHAIN("the certificate chain is not valid"),
    /** The names in the certificate are not those the protocol expects. */
    NAME_MISMATCH("the certificate has another name"),
    /** The peer is too slow. */
    TIMED_OUT("the handshake took too long"),
    /** The peer went away in the middle. */
    CLOSED("the peer closed the connection"),
    /** The peer does not speak TLS at all. */
    NOT_TLS("the peer does not speak TLS"),
    /** Too many handshakes at once. */
    OVERLOADED("too many handshakes wait"),
    /** No common version or cipher suite, an alert, a broken record. */
    PROTOCOL("TLS failed");

    private final String text;

    HandshakeFailure(String text) {
        this.text = text;
    }

    /** Returns what happened, for people. */
    public String text() {
        return text;
    }

    /** Returns the value of the {@code cause} label under which it is counted. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the peer's certificate, or the lack of one, is the cause. */
    public boolean isAboutCertificate() {
        return compareTo(NAME_MISMATCH) <= 0;
    }

    /** Returns the same in the words that every protocol maps to its own code. */
    public Reason reason() {
        if (isAboutCertificate()) {
            return Reason.CERTIFICATE_NOT_TRUSTED;
        }
        return this == OVERLOADED ? Reason.OVERLOADED : Reason.TLS_FAILED;
    }

    /** Finds the cause in what TLS or the socket reported, however often it was wrapped. */
    public static HandshakeFailure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedCertificate untrusted) {
                return untrusted.failure();
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<HandshakeFailure> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return PROTOCOL;
    }

    private static Optional<HandshakeFailure> known(Throwable cause) {
        if (cause instanceof SslHandshakeTimeoutException) {
            return Optional.of(TIMED_OUT);
        }
        if (cause instanceof NotSslRecordException) {
            return Optional.of(NOT_TLS);
        }
        if (cause instanceof RejectedExecutionException) {
            return Optional.of(OVERLOADED);
        }
        if (cause instanceof SSLException) {
            return Optional.of(certificateMissing(cause) ? NO_CERTIFICATE : PROTOCOL);
        }
        return cause instanceof IOException ? Optional.of(CLOSED) : Optional.empty();
    }

    // Neither provider has a type for it: the JDK's words, then BoringSSL's.
    private static boolean certificateMissing(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return message.contains("Empty client certificate chain")
                || message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE");
    }
}
