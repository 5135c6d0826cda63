// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The steps of one test, until the first that fails for good or the last that succeeds. Thread-safe. */
final class Journal {
    private final List<Step> steps = new ArrayList<>();
    private final CompletableFuture<TestedStream> result = new CompletableFuture<>();
    private long began = System.nanoTime();

    /** Takes a step; what comes next begins now. */
    synchronized void add(Step step) {
        if (!result.isDone()) {
            steps.add(step);
            began = System.nanoTime();
        }
    }

    synchronized void passed(String step, String detail) {
        add(Step.ok(step, detail, Duration.ofNanos(System.nanoTime() - began)));
    }

    /** Ends it with a failure. */
    void failed(String step, Failure why, String remedy) {
        end(Optional.empty(), () -> {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            steps.add(Step.failed(step, why.blamed(), took, remedy));
        });
    }

    /** Ends it because there is no connection; mostly the last step told already how that went. */
    void notConnected(DomainName domain, Failure why) {
        Optional<String> remedy = Optional.ofNullable(
                switch (why.reason()) {
                    case HOST_NOT_FOUND ->
                        "ask the partner to publish _xmpp-server._tcp." + domain + ", or set its proxyFqdn";
                    case NOT_CONFIGURED -> "drawbridge:certificates";
                    default -> null;
                });
        Optional<Step> told = lastFailed();
        if (told.isEmpty()) {
            failed("connection", why, remedy.orElse("check the partner's address and port, and the firewalls between"));
            return;
        }
        Step last = told.get();
        end(Optional.empty(), () -> {
            steps.remove(steps.size() - 1);
            String detail = Failure.of(why.reason(), last.detail()).blamed();
            steps.add(Step.failed(last.name(), detail, last.took(), remedy.orElse(last.remedy())));
        });
    }

    private synchronized Optional<Step> lastFailed() {
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(steps.get(steps.size() - 1)).filter(step -> step.result() == Step.Result.FAILED);
    }

    /** Ends it well: the partner answered, proven so surely. */
    void answered(String step, String detail, Trust trust) {
        end(Optional.of(trust), () -> passed(step, detail));
    }

    private void end(Optional<Trust> answer, Runnable last) {
        TestedStream tested;
        synchronized (this) {
            if (result.isDone()) {
                return;
            }
            last.run();
            tested = new TestedStream(steps, answer);
        }
        result.complete(tested);
    }

    CompletionStage<TestedStream> result() {
        return result;
    }
}
