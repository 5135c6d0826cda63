// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.AddressRefused;
import io.drawbridge.api.provider.SettingRefused;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a plug-in was asked and what it said, call by call. Thread-safe. */
final class Journal {
    private static final Duration CALL = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final int MOST_TOLD = 12;
    private static final int LONGEST_ARGUMENT = 60;

    private final LeapingTime time;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    Journal(LeapingTime time) {
        this.time = time;
    }

    /** Who is called. */
    enum Callee {
        /** The vendor's code. */
        PLUGIN,
        /** Drawbridge, by the vendor's code. */
        CONTEXT
    }

    /** One call; equal to itself only. */
    static final class Call {
        private final Callee callee;
        private final String method;
        private final List<Object> arguments;
        private final Thread thread = Thread.currentThread();
        private final long began;
        private volatile long ended = -1;
        private volatile Throwable thrown;
        private volatile List<StackTraceElement> stuck = List.of();

        Call(Callee callee, String method, List<Object> arguments, long began) {
            this.callee = callee;
            this.method = method;
            this.arguments = arguments;
            this.began = began;
        }

        boolean isOf(Callee other, String name) {
            return callee == other && method.equals(name);
        }

        String method() {
            return method;
        }

        List<Object> arguments() {
            return arguments;
        }

        Throwable thrown() {
            return thrown;
        }

        boolean hasEnded() {
            return ended >= 0;
        }

        private Duration took(long now) {
            return Duration.ofNanos((hasEnded() ? ended : now) - began);
        }

        private Duration limit() {
            return method.equals("close") ? CLOSING : CALL;
        }

        private boolean tookTooLong(long now) {
            return took(now).compareTo(limit()) > 0;
        }

        @Override
        public String toString() {
            String result = hasEnded() ? "" : " has not returned";
            return (callee == Callee.PLUGIN ? "Drawbridge calls " : "the plug-in calls context.") + method + "("
                    + arguments.stream().map(Journal::shown).collect(Collectors.joining(", ")) + ")"
                    + (thrown == null ? result : " throws " + thrown) + "  [" + thread.getName() + "]";
        }
    }

    private static String shown(Object argument) {
        String text = String.valueOf(argument).replaceAll("\\p{Cntrl}", "?");
        return text.length() > LONGEST_ARGUMENT ? text.substring(0, LONGEST_ARGUMENT) + "…" : text;
    }

    /**
     * Returns what does the same as {@code object} and is written down.
     *
     * @param types the interfaces it is called by
     */
    Object watched(Callee callee, Object object, Class<?>... types) {
        return Proxy.newProxyInstance(Journal.class.getClassLoader(), types, (proxy, method, arguments) -> {
            if (method.getName().equals("equals")) {
                return proxy == arguments[0];
            }
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(object, arguments);
            }
            Call call = begin(callee, method.getName(), arguments == null ? new Object[0] : arguments);
            try {
                return method.invoke(object, arguments);
            } catch (InvocationTargetException wrapper) {
                call.thrown = wrapper.getCause();
                throw wrapper.getCause();
            } finally {
                call.ended = time.nanoTime();
            }
        });
    }

    /** Notes that a call begins. */
    private Call begin(Callee callee, String method, Object... arguments) {
        Call call = new Call(callee, method, Arrays.asList(arguments), time.nanoTime());
        calls.add(call);
        if (callee == Callee.PLUGIN) {
            // A little before it is too late, as what takes too long is interrupted then.
            time.after(call.limit().multipliedBy(3).dividedBy(4), () -> look(call));
        }
        return call;
    }

    private static void look(Call call) {
        if (!call.hasEnded()) {
            call.stuck = List.of(call.thread.getStackTrace());
        }
    }

    /** Returns the calls of one kind so far. */
    List<Call> calls(Callee callee, String method) {
        return calls.stream().filter(call -> call.isOf(callee, method)).toList();
    }

    /** Returns how many calls there were, to look at those after them. */
    int size() {
        return calls.size();
    }

    /** Returns what the plug-in told, whatever it was, after so many calls. */
    Stream<Call> toldAfter(int size) {
        return calls.stream()
                .skip(size)
                .filter(call -> call.callee == Callee.CONTEXT)
                .filter(call -> !call.method.equals("executor"));
    }

    /** Fails if a call of the plug-in threw, or took longer than it may. */
    void requireGoodConduct() {
        for (Call call : calls) {
            if (call.callee == Callee.CONTEXT) {
                continue;
            }
            if (call.thrown != null
                    && !(call.thrown instanceof SettingRefused)
                    && !(call.thrown instanceof AddressRefused)) {
                throw new Finding(call.method + "() threw " + call.thrown, call.thrown);
            }
            Finding.unless(
                    !call.tookTooLong(time.nanoTime()),
                    "%s() took %d ms; it stood at%s",
                    call.method,
                    call.took(time.nanoTime()).toMillis(),
                    call.stuck.stream()
                            .filter(frame -> !"java.base".equals(frame.getModuleName()))
                            .map(Object::toString)
                            .limit(3)
                            .collect(Collectors.joining(" < ", " ", "")));
        }
    }

    /** Returns the last few calls, for people. */
    List<String> last() {
        List<String> all = calls.stream().map(Call::toString).toList();
        return all.subList(Math.max(0, all.size() - MOST_TOLD), all.size());
    }

    /** Forgets everything, and with it the vendor's objects. */
    void forget() {
        calls.clear();
    }
}
