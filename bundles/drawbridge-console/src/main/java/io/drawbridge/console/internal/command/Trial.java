// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.diagnosis.Diagnosis;
import io.drawbridge.console.internal.shell.Services;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.support.CommandException;

/** Asks a protocol to try something, and waits for what came of it. */
final class Trial {
    // Diagnosis promises an answer within 33 s.
    private static final long PATIENCE_SECONDS = 40;

    private Trial() {}

    static Diagnosis of(Services services, String protocol) throws CommandException {
        if (!protocol.matches("[a-z0-9-]+")) {
            throw new CommandException("'" + protocol + "' is not a protocol");
        }
        List<Diagnosis> found = services.all(Diagnosis.class, "(" + Diagnosis.PROTOCOL + "=" + protocol + ")");
        if (found.isEmpty()) {
            throw new CommandException(
                    protocol.equals("sip") ? Parts.SIP + " is not running." : "No bundle speaks " + protocol + ".");
        }
        return found.get(0);
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
