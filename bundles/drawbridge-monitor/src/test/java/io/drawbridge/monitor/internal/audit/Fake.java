// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Interfaces of the framework with the few methods a test needs; any other call fails the test. */
final class Fake {
    private Fake() {}

    @SuppressWarnings("unchecked")
    static <T> T of(Class<? super T> type, Map<String, Answering> methods) {
        return (T) Proxy.newProxyInstance(Fake.class.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Answering answering = methods.get(method.getName());
            if (answering != null) {
                return answering.answer(given);
            }
            return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == given[0];
                default -> throw new UnsupportedOperationException(method.toString());
            };
        });
    }

    /** Answers one method. */
    interface Answering {
        Object answer(Object[] arguments);
    }
}
