// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.diagnosis.Diagnosis;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.console.internal.shell.Services;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.CommandException;

/** Asks a protocol to try something, and waits for what came of it. */
final class Trial {
    // Diagnosis promises an answer within 33 s.
    private static final long PATIENCE_SECONDS = 40;

    private Trial() {}

    /**
     * Returns who tries it.
     *
     * @param protocol the protocol the administrator wants tried; empty for the one that serves the domains
     * @param ends the domains concerned, own ones among them
     */
    static Diagnosis of(Services services, String protocol, DomainName... ends) throws CommandException {
        if (protocol.isEmpty()) {
            return services.all(Diagnosis.class).stream()
                    .filter(one -> Stream.of(ends).anyMatch(one::serves))
                    .findFirst()
                    .orElseThrow(() -> new CommandException(Parts.SIP + " is not running."));
        }
        if (!protocol.matches("[a-z0-9-]+")) {
            throw new CommandException("'" + protocol + "' is not a protocol");
        }
        return services.all(Diagnosis.class, "(" + Diagnosis.PROTOCOL + "=" + protocol + ")").stream()
                .findFirst()
                .orElseThrow(() -> new CommandException("No bundle speaks " + protocol + "."));
    }

    static <T> T await(CompletionStage<T> answer) throws CommandException, InterruptedException {
        try {
            return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new CommandException("no answer within " + PATIENCE_SECONDS + " s; see the log", late);
        } catch (ExecutionException failed) {
            throw new CommandException("it failed: " + failed.getCause().getMessage() + "; see the log", failed);
        }
    }
}
