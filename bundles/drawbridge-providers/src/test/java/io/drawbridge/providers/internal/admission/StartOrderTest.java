// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** Who is refused is not started with others, whatever happens at the same moment. */
final class StartOrderTest {
    private static final int USUAL = 80;

    private final StartOrder order = new StartOrder(answering(FrameworkStartLevel.class, call -> USUAL));
    private int level = USUAL;

    @Test
    void whoIsRefusedIsLeftOutAndTakenUpAgain() {
        Bundle bundle = bundle(now -> level = now);
        order.leaveOut(bundle, refused -> true);
        assertThat(level).isEqualTo(Integer.MAX_VALUE);
        order.takeUp(bundle);
        assertThat(level).isEqualTo(USUAL);
    }

    @Test
    void whoMayStartAgainInThatVeryMomentIsNotLeftOut() {
        boolean[] allowed = new boolean[1];
        Bundle bundle = bundle(now -> {
            level = now;
            allowed[0] = true;
        });
        order.leaveOut(bundle, refused -> !allowed[0]);
        assertThat(level).isEqualTo(USUAL);
    }

    /** The specification has it throw the one, Felix throws the other. */
    static List<RuntimeException> uninstalled() {
        return List.of(new IllegalStateException("uninstalled"), new IllegalArgumentException("uninstalled"));
    }

    @ParameterizedTest
    @MethodSource("uninstalled")
    void aBundleThatIsUninstalledInThatVeryMomentHarmsNobody(RuntimeException thrown) {
        Bundle bundle = bundle(now -> {
            throw thrown;
        });
        assertThatCode(() -> order.leaveOut(bundle, refused -> true)).doesNotThrowAnyException();
    }

    private Bundle bundle(IntConsumer set) {
        BundleStartLevel start = new BundleStartLevel() {
            @Override
            public int getStartLevel() {
                return level;
            }

            @Override
            public void setStartLevel(int startlevel) {
                set.accept(startlevel);
            }

            @Override
            public boolean isPersistentlyStarted() {
                return true;
            }

            @Override
            public boolean isActivationPolicyUsed() {
                return false;
            }

            @Override
            public Bundle getBundle() {
                throw new UnsupportedOperationException();
            }
        };
        return answering(Bundle.class, call -> call.equals("adapt") ? start : Bundle.INSTALLED);
    }

    static <T> T answering(Class<T> type, Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, call, given) -> answers.apply(call.getName())));
    }
}
