// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Questions of people outside that the home or its user does not answer: the rows "requested" of interworking 6.4.3. */
class OpenQuestionTest {
    private static final Event ASK = new Event.Authorization(Scene.JULIET, Scene.ROMEO, Event.Step.ASK, "");
    private static final Event WATCH = new Event.Watch(Scene.JULIET, Scene.ROMEO, true);

    private final WatchedHome home = new WatchedHome();
    private final Scene scene = home.scene;

    private void failsWhereverItIsTried() {
        while (scene.hasNews()) {
            scene.answers(home.subscribed(), 503);
        }
    }

    /** "requested: 408/5xx/transport - retry with back-off; after 24 h X error; requested". */
    @Test
    void whoAskedIsToldOnceThatTheHomeCannotBeAskedForADayAndTheQuestionIsTriedOn() {
        scene.deliver(ASK);
        for (Duration passed = Duration.ZERO; passed.toHours() < 24; passed = passed.plusMinutes(30)) {
            failsWhereverItIsTried();
            assertThat(scene.events).isEmpty();
            scene.time.advance(Duration.ofMinutes(30));
        }
        for (int hour = 0; hour < 4; hour++) {
            failsWhereverItIsTried();
            scene.time.advance(Duration.ofHours(1));
        }

        assertThat(scene.events).containsExactly(new Event.Unreachable(Scene.ROMEO, Scene.JULIET));
        home.subscribed();
    }

    /** "requested: terminated;timeout/giveup - keep; resubscribe later (24 h pace)". */
    @Test
    void aQuestionThatNobodyAnsweredIsAskedAgainNextDay() {
        scene.deliver(ASK);
        String subscribe = home.subscribed();
        home.accepts(subscribe, 3600);
        home.notifies(subscribe, "terminated;reason=giveup", "", 200);
        scene.time.advance(Duration.ofHours(23));
        scene.getsNothing();
        scene.time.advance(Duration.ofHours(1));

        home.subscribed();
        assertThat(scene.events).isEmpty();
    }

    /** "resubscribe later (24 h pace, max 30 days)": what was asked stays asked, and may be asked again. */
    @Test
    void aQuestionThatNobodyAnswersForAMonthIsNotPutAgainUntilSomebodyAsksIt() {
        scene.deliver(ASK);
        for (int day = 1; day <= 30; day++) {
            String subscribe = home.subscribed();
            home.accepts(subscribe, 3600);
            home.beginsDialog();
            home.notifies(subscribe, "terminated;reason=timeout", "", 200);
            scene.time.advance(Duration.ofHours(24));
        }
        scene.time.advance(Duration.ofDays(7));
        scene.getsNothing();
        assertThat(scene.events).as("nobody refused").isEmpty();
        scene.deliver(ASK);

        home.subscribed();
    }

    @Test
    void whoAsksAgainWhileTheUserHasNotAnsweredIsToldAtOnceThatTheQuestionStands() {
        scene.deliver(ASK);
        String subscribe = home.subscribed();
        home.accepts(subscribe, 3600);
        home.notifies(subscribe, "pending", "", 200);

        assertThat(scene.deliver(WATCH)).isCompletedWithValue(new DeliveryOutcome.HandedOver());
        assertThat(scene.deliver(ASK)).isCompletedWithValue(new DeliveryOutcome.HandedOver());
        scene.getsNothing();
    }
}
