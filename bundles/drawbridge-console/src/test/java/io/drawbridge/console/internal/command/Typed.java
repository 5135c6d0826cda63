// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.console.internal.shell.EdgeCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Types a command the way the shell does: fills its arguments, gives it a session and services, returns what it prints. */
final class Typed {
    private final Map<Class<?>, Object> services = new LinkedHashMap<>();
    private Runnable afterPrinting = () -> {};

    <T> Typed with(Class<T> type, T service) {
        services.put(type, service);
        return this;
    }

    /** What whoever reads does as soon as something was printed. */
    Typed afterPrinting(Runnable reaction) {
        afterPrinting = reaction;
        return this;
    }

    static void option(EdgeCommand command, String field, Object value) throws ReflectiveOperationException {
        Field option = command.getClass().getDeclaredField(field);
        option.setAccessible(true);
        option.set(command, value);
    }

    String run(EdgeCommand command, String... words) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = new PrintStream(printed, true, StandardCharsets.UTF_8) {
            @Override
            public void print(String text) {
                super.print(text);
                afterPrinting.run();
            }
        };
        Session session = fake(
                Session.class,
                Map.<String, Function<Object[], Object>>of(
                        "getConsole", none -> console, "getTerminal", none -> null, "get", name -> null));
        for (Class<?> type = command.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                if (field.isAnnotationPresent(Reference.class)) {
                    field.set(command, field.getType() == Session.class ? session : context());
                }
                Argument argument = field.getAnnotation(Argument.class);
                if (argument != null && words.length > argument.index()) {
                    List<String> rest = Arrays.asList(words).subList(argument.index(), words.length);
                    field.set(command, argument.multiValued() ? rest : rest.get(0));
                }
            }
        }
        command.execute();
        return printed.toString(StandardCharsets.UTF_8);
    }

    private BundleContext context() {
        Map<ServiceReference<?>, Object> references = new LinkedHashMap<>();
        return fake(
                BundleContext.class,
                Map.of(
                        "getServiceReference", given -> reference(references, (Class<?>) given[0]),
                        "getServiceReferences",
                                given -> {
                                    ServiceReference<?> found = reference(references, (Class<?>) given[0]);
                                    return found == null ? List.of() : List.of(found);
                                },
                        "getService", given -> references.get(given[0]),
                        "ungetService", given -> true,
                        "getProperty", given -> null));
    }

    private ServiceReference<?> reference(Map<ServiceReference<?>, Object> references, Class<?> type) {
        Object service = services.get(type);
        if (service == null) {
            return null;
        }
        ServiceReference<?> reference = fake(ServiceReference.class, Map.of("hashCode", none -> type.hashCode()));
        references.put(reference, service);
        return reference;
    }

    @SuppressWarnings("unchecked")
    static <T> T fake(Class<? super T> type, Map<String, Function<Object[], Object>> methods) {
        return (T)
                Proxy.newProxyInstance(Typed.class.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                    Function<Object[], Object> answer = methods.get(method.getName());
                    if (answer != null) {
                        return answer.apply(given);
                    }
                    if (method.getName().equals("equals")) {
                        return self == given[0];
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }
}
