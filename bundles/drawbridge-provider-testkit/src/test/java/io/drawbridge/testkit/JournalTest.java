// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class JournalTest {
    private static final Duration TOO_LONG = Duration.ofMillis(1_200);

    private final LeapingTime time = new LeapingTime();
    private final Journal journal = new Journal(time);

    @AfterEach
    void close() {
        time.close();
    }

    private void call(Runnable plugin) {
        ((Runnable) journal.watched(Journal.Callee.PLUGIN, plugin, Runnable.class)).run();
    }

    @Test
    void aCallThatTakesTooLongIsFound() {
        call(() -> pass(TOO_LONG));
        assertThatThrownBy(journal::requireGoodConduct)
                .isInstanceOf(Finding.class)
                .hasMessageContaining("run() took");
    }

    /** Loads a class on a machine that takes so long for it. */
    private void load(Runnable slowly) {
        ClassLoader slow = new ClassLoader() {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                slowly.run();
                throw new ClassNotFoundException(name);
            }
        };
        assertThatThrownBy(() -> slow.loadClass("planted.Missing")).isInstanceOf(ClassNotFoundException.class);
    }

    private void pass(Duration duration) {
        time.comes(duration, () -> false);
    }

    @Test
    void aMachineThatIsSlowToLoadAClassIsNoFaultOfThePlugin() {
        call(() -> load(() -> pass(TOO_LONG)));
        assertThatCode(journal::requireGoodConduct).doesNotThrowAnyException();
    }

    @Test
    void noClassTakesTenTimesAsLongAsACallMay() {
        call(() -> load(() -> pass(Duration.ofMillis(10_200))));
        assertThatThrownBy(journal::requireGoodConduct).isInstanceOf(Finding.class);
    }

    @Test
    void whatAPluginDoesFarBelowAClassLoaderIsItsOwnFault() {
        call(() -> load(() -> deeper(60)));
        assertThatThrownBy(journal::requireGoodConduct).isInstanceOf(Finding.class);
    }

    private void deeper(int frames) {
        if (frames > 0) {
            deeper(frames - 1);
        } else {
            pass(TOO_LONG);
        }
    }
}
