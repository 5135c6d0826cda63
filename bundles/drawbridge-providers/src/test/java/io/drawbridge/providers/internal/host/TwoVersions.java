// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A provider with an old version of its plug-in and a newer one, and many users. */
abstract class TwoVersions {
    static final String PID = "io.drawbridge.provider~parrot";
    static final int USERS = 40;

    final Scene scene = new Scene();
    final Vendor old = new Vendor();
    final Vendor newer = new Vendor();

    @AfterEach
    void close() {
        scene.close();
    }

    static Principal user(int number) {
        return Scene.principal("user" + number, "contoso.example");
    }

    void canary(int percent) {
        scene.configured(
                PID,
                Map.of(
                        "enabled",
                        "true",
                        "logInsPerMinute",
                        "6000",
                        "canaryPercent",
                        percent,
                        "canaryErrorPercent",
                        10,
                        "canaryMinutes",
                        30));
    }

    long online() {
        return scene.directory.accounts().stream()
                .filter(account ->
                        account.status().filter(AccountStatus.ONLINE::equals).isPresent())
                .count();
    }

    List<DeliveryOutcome> everybodySays(String text) {
        List<CompletableFuture<DeliveryOutcome>> outcomes = IntStream.range(0, USERS)
                .mapToObj(i -> scene.say(user(i), text + " " + i))
                .toList();
        return outcomes.stream().map(scene::outcome).toList();
    }

    static List<String> said(Vendor vendor) {
        return vendor.calls.stream()
                .filter(call -> call.contains(" deliver "))
                .map(call -> call.substring(call.indexOf(" deliver ") + " deliver ".length()))
                .toList();
    }

    ProviderTrial trial() {
        assertThat(scene.directory.trials()).hasSize(1);
        return scene.directory.trials().get(0);
    }

    String version() {
        return scene.directory.providers().stream()
                .filter(provider -> provider.id().equals("parrot"))
                .map(ProviderStatus::version)
                .findFirst()
                .orElseThrow();
    }

    String hand(Supplier<String> command) {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(command);
        scene.await("the command", answer::isDone);
        return answer.join();
    }
}
