// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Alice and a network on which everybody says back what is said: a plug-in, installed while the appliance runs.
 *
 * @param narrator tells what happens
 * @param contoso the appliance
 * @param alice its user
 * @param atAlice what arrives at her
 */
record EchoScene(Narrator narrator, Appliance contoso, Phone alice, BlockingQueue<SipText> atAlice) {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String PARROT = "parrot@echo.example";

    void play() throws InterruptedException {
        narrator.scene("Alice first hears herself: the echo network, a plug-in of 150 lines");
        contoso.shell("feature:install drawbridge-provider-example");
        narrator.show(contoso.shell("drawbridge:providers enable example"));
        awaitAccount();
        SipText answer = alice.message(PARROT, "Is anybody there?");
        narrator.tell("%s -> %s: Is anybody there? (%s)", alice.address(), PARROT, answer.startLine());
        SipText echo = Demo.await(atAlice, request -> request.method().equals("MESSAGE"));
        narrator.tell("%s -> %s: %s", PARROT, alice.address(), echo.body());
    }

    private void awaitAccount() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String accounts = contoso.shell("drawbridge:accounts");
        while (!accounts.contains("online") && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
            accounts = contoso.shell("drawbridge:accounts");
        }
        narrator.show(accounts);
    }
}
