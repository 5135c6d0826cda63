// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.annotation.versioning.Version;

/**
 * What packages promise, a line for each thing somebody can rely on: the package with its version, each type with what it is
 * and extends, each member with its types, what it throws, and whether whoever implements it must have it.
 */
final class PromisedLines {
    /** Ends the line of what an implementation must have. */
    static final String ABSTRACT = " abstract";

    /** Ends the line of a type that vendors implement. */
    static final String CONSUMER = " @ConsumerType";

    private PromisedLines() {}

    static String of(JavaClasses classes) {
        Set<String> lines = new TreeSet<>();
        for (JavaClass type : classes) {
            if (type.getSimpleName().equals("package-info")) {
                lines.add(type.getPackageName() + " "
                        + type.getAnnotationOfType(Version.class).value());
            } else if (type.getModifiers().contains(JavaModifier.PUBLIC)) {
                lines.add(describe(type));
                type.getMembers().stream()
                        .filter(PromisedLines::isPromised)
                        .forEach(member -> lines.add(describe(member)));
            }
        }
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean isPromised(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static String describe(JavaClass type) {
        Class<?> itself = type.reflect();
        String above = Arrays.stream(itself.getGenericInterfaces())
                .map(Type::getTypeName)
                .sorted()
                .collect(Collectors.joining(" "));
        String permitted = itself.isSealed()
                ? Arrays.stream(itself.getPermittedSubclasses())
                        .map(Class::getName)
                        .sorted()
                        .collect(Collectors.joining(" ", "sealed for ", ""))
                : "";
        String role = type.isAnnotatedWith(ConsumerType.class)
                ? CONSUMER
                : type.isAnnotatedWith(ProviderType.class) ? " @ProviderType" : "";
        return type.getName() + " : " + joined(kind(itself), above, permitted) + role;
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        String limits = Modifier.isFinal(type.getModifiers())
                ? "final "
                : Modifier.isAbstract(type.getModifiers()) ? "abstract " : "";
        return type.isRecord()
                ? "record"
                : limits + "class extends " + type.getGenericSuperclass().getTypeName();
    }

    private static String describe(JavaMember member) {
        Object itself = member.reflect();
        String owner = member.getOwner().getName() + ".";
        if (itself instanceof Method method) {
            boolean isAbstract = Modifier.isAbstract(method.getModifiers());
            return owner + method.getName() + parameters(method) + " : "
                    + joined(
                            method.getGenericReturnType().getTypeName(),
                            thrown(method),
                            Modifier.isStatic(method.getModifiers()) ? "static" : "")
                    + (isAbstract ? ABSTRACT : "");
        }
        if (itself instanceof Constructor<?> constructor) {
            return owner + "<init>" + parameters(constructor) + " : " + thrown(constructor);
        }
        Field field = (Field) itself;
        return owner + field.getName() + " : " + field.getGenericType().getTypeName();
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getGenericParameterTypes())
                .map(Type::getTypeName)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String thrown(Executable executable) {
        return executable.getExceptionTypes().length == 0
                ? ""
                : Arrays.stream(executable.getExceptionTypes())
                        .map(Class::getName)
                        .sorted()
                        .collect(Collectors.joining(" ", "throws ", ""));
    }

    private static String joined(String... parts) {
        return Arrays.stream(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
    }
}
