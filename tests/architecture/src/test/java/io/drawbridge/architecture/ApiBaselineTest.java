// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.Version;

/**
 * Until a release exists to compare with, the exported packages are held against the list in {@code api.txt}. A change
 * is deliberate: raise the package's {@code @Version} and write the list anew with
 * {@code mvn test -pl tests/architecture -Dapi.baseline=write}.
 *
 * <p>The rule: under one version a package promises one thing. The list is not written while a package that changed
 * carries the version it had. Any raise will do, since before the first release nobody outside relies on a version.
 */
final class ApiBaselineTest {
    private static final Path BASELINE = Path.of("api.txt");
    private static final Pattern VERSION = Pattern.compile("\\S+ \\d+\\.\\d+\\.\\d+");
    private static final List<String> EXPORTED =
            List.of("io.drawbridge.api", "io.drawbridge.net.connection", "io.drawbridge.net.dns");

    @Test
    void whatIsPromisedIsWhatWasPromised() throws IOException {
        String now = signatures();
        if ("write".equals(System.getProperty("api.baseline"))) {
            refuseChangeUnderOneVersion(Files.readString(BASELINE), now);
            Files.writeString(BASELINE, now);
        }
        assertThat(now.lines().toList())
                .as("raise the @Version of the package, then: mvn test -pl tests/architecture -Dapi.baseline=write")
                .isEqualTo(Files.readString(BASELINE).lines().toList());
    }

    @Test
    void aPackageThatChangedIsWrittenWithANewVersionOnly() {
        String before = "a.b 1.0.0\na.b.Type\na.b.c 1.0.0\na.b.c.Type\n";
        String changed = before + "a.b.Type.added() : void\n";
        assertThatThrownBy(() -> refuseChangeUnderOneVersion(before, changed))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("raise the @Version of a.b 1.0.0");
        refuseChangeUnderOneVersion(before, changed.replace("a.b 1.0.0", "a.b 1.1.0"));
        assertThatThrownBy(() -> refuseChangeUnderOneVersion(before, changed.replace("a.b.c 1.0.0", "a.b.c 1.1.0")))
                .isInstanceOf(AssertionError.class);
        refuseChangeUnderOneVersion(before, before + "a.d 1.0.0\na.d.Type\n");
    }

    private static void refuseChangeUnderOneVersion(String before, String now) {
        Map<String, List<String>> known = promises(before);
        promises(now).forEach((version, promised) -> assertThat(promised)
                .as("raise the @Version of %s", version)
                .isEqualTo(known.getOrDefault(version, promised)));
    }

    /** What each package promises, by the line that names it with its version. */
    private static Map<String, List<String>> promises(String list) {
        Map<String, List<String>> promises = new TreeMap<>();
        list.lines().filter(VERSION.asMatchPredicate()).forEach(line -> promises.put(line, new ArrayList<>()));
        list.lines().filter(VERSION.asMatchPredicate().negate()).forEach(line -> promises.keySet().stream()
                .filter(version -> line.startsWith(version.substring(0, version.indexOf(' ')) + "."))
                .max(Comparator.comparing(String::length))
                .ifPresent(version -> promises.get(version).add(line)));
        return promises;
    }

    private static String signatures() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(EXPORTED);
        Set<String> lines = new TreeSet<>();
        for (JavaClass type : classes) {
            if (type.getSimpleName().equals("package-info")) {
                lines.add(type.getPackageName() + " "
                        + type.getAnnotationOfType(Version.class).value());
            } else if (type.getModifiers().contains(JavaModifier.PUBLIC)) {
                lines.add(type.getName());
                type.getMembers().stream()
                        .filter(ApiBaselineTest::promised)
                        .forEach(member -> lines.add(describe(member)));
            }
        }
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean promised(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static String describe(JavaMember member) {
        String full = member.getFullName();
        String type = member.reflect() instanceof java.lang.reflect.Method method
                ? method.getGenericReturnType().getTypeName() + " "
                : "";
        return full + " : " + type.strip();
    }
}
