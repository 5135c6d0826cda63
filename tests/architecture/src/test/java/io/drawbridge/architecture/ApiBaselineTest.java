// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.Version;

/**
 * Until a release exists to compare with, the exported packages are held against the list in {@code api.txt}. A change
 * is deliberate: raise the package's {@code @Version} and write the list anew with
 * {@code mvn test -pl tests/architecture -Dapi.baseline=write}.
 */
final class ApiBaselineTest {
    private static final Path BASELINE = Path.of("api.txt");
    private static final List<String> EXPORTED =
            List.of("io.drawbridge.api", "io.drawbridge.net.connection", "io.drawbridge.net.dns");

    @Test
    void whatIsPromisedIsWhatWasPromised() throws IOException {
        String now = signatures();
        if ("write".equals(System.getProperty("api.baseline"))) {
            Files.writeString(BASELINE, now);
        }
        assertThat(now.lines().toList())
                .as("raise the @Version of the package, then: mvn test -pl tests/architecture -Dapi.baseline=write")
                .isEqualTo(Files.readString(BASELINE).lines().toList());
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
