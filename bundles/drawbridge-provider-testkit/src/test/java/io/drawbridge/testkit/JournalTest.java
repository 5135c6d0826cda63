// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
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
        call(() -> time.comes(TOO_LONG, () -> false));
        assertThatThrownBy(journal::requireGoodConduct)
                .isInstanceOf(Finding.class)
                .hasMessageContaining("run() took");
    }

    @Test
    void aMachineThatIsSlowToLoadAClassIsNoFaultOfThePlugin() {
        ClassLoader slow = new ClassLoader() {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                time.comes(TOO_LONG, () -> false);
                throw new ClassNotFoundException(name);
            }
        };
        call(() ->
                assertThatThrownBy(() -> slow.loadClass("planted.Missing")).isInstanceOf(ClassNotFoundException.class));
        assertThatCode(journal::requireGoodConduct).doesNotThrowAnyException();
    }
}
