// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;

/**
 * Until a release exists to compare with, the exported packages are held against the list in {@code api.txt}. A change
 * is deliberate: raise the package's {@code @Version} and write the list anew with
 * {@code mvn test -pl tests/architecture -Dapi.baseline=write}.
 *
 * <p>The rule: under one version a package promises one thing. The list is not written while a package that changed
 * carries the version it had. For the packages that bundles of Drawbridge alone use any raise will do before the first
 * release; the two that vendors build against are raised as the vendor guide promises.
 */
final class ApiBaselineTest {
    private static final Path BASELINE = Path.of("api.txt");
    private static final Pattern VERSION = Pattern.compile("\\S+ \\d+\\.\\d+\\.\\d+");
    private static final List<String> VENDORS = List.of("io.drawbridge.api.provider", "io.drawbridge.api.model");
    private static final List<String> EXPORTED =
            List.of("io.drawbridge.api", "io.drawbridge.net.connection", "io.drawbridge.net.dns");

    @Test
    void whatIsPromisedIsWhatWasPromised() throws IOException {
        String now = signatures();
        if ("write".equals(System.getProperty("api.baseline"))) {
            refuseChangeUnderOneVersion(readBaseline(), now);
            VENDORS.forEach(name -> refuseTooSmallARaise(name, readBaseline(), now));
            Files.writeString(BASELINE, now);
        }
        assertThat(now.lines().toList())
                .as("raise the @Version of the package, then: mvn test -pl tests/architecture -Dapi.baseline=write")
                .isEqualTo(readBaseline().lines().toList());
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

    @ParameterizedTest(name = "{2} makes of 1.1.0 at least {3}")
    @CsvSource({
        "p.Made : interface @ProviderType, p.Made.said() : void abstract, a method that vendors call, 1.2.0",
        "p.Told : interface @ConsumerType, p.Told.said() : void abstract, a method that vendors implement, 2.0.0",
        "p.Told : interface @ConsumerType, p.Told.said() : void, a method with a body, 1.2.0",
        "p.Told : interface @ConsumerType, p.Told$Inner.said() : void abstract, a method of a type within, 1.2.0",
        "p.Kept : record, p.Kept.<init>(int) : , a component of a record, 1.2.0",
    })
    void whatIsAddedForVendorsAsksForItsRaise(String type, String line, String what, String version) {
        String before = "p 1.1.0\n" + type + "\np.Kept.<init>() : \n";
        String now = "p 1.1.0\n" + type + "\n" + line + "\n";
        if (!type.contains("record")) {
            now += "p.Kept.<init>() : \n";
        }
        String changed = now;
        String tooLittle = version.equals("2.0.0") ? "1.2.0" : "1.1.1";
        assertThatThrownBy(() -> refuseTooSmallARaise("p", before, changed.replace("1.1.0", tooLittle)))
                .as(what)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("semantic versioning");
        refuseTooSmallARaise("p", before, changed.replace("1.1.0", version));
    }

    @Test
    void whatIsTakenFromVendorsIsANewMajorVersion() {
        String before = "p 1.1.0\np.Told : interface @ConsumerType\np.Told.said() : void\n";
        for (String after : List.of(
                "p 1.2.0\np.Told : interface @ConsumerType\n",
                "p 1.2.0\np.Told : interface @ConsumerType\np.Told.said() : int\n",
                "p 1.2.0\np.Told : interface @ConsumerType\np.Told.said() : void throws java.io.IOException\n",
                "p 1.2.0\np.Told : interface @ConsumerType\np.Told.said() : void abstract\n",
                "p 1.2.0\np.Told : interface\np.Told.said() : void\n")) {
            assertThatThrownBy(() -> refuseTooSmallARaise("p", before, after))
                    .as(after)
                    .isInstanceOf(AssertionError.class);
            refuseTooSmallARaise("p", before, after.replace("1.2.0", "2.0.0"));
        }
    }

    private static void refuseTooSmallARaise(String name, String before, String now) {
        Optional<Version> known = version(name, before);
        if (known.isPresent()) {
            Version present = version(name, now).orElseThrow();
            Change change = Change.between(promised(name, before), promised(name, now));
            assertThat(change.isToldBy(known.get(), present))
                    .as(
                            "by semantic versioning %s %s must be raised more than to %s: %s",
                            name, known.get(), present, change)
                    .isTrue();
        }
    }

    private static Optional<Version> version(String name, String list) {
        return list.lines()
                .filter(VERSION.asMatchPredicate())
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Version.parseVersion(line.substring(name.length() + 1)))
                .findFirst();
    }

    private static List<String> promised(String name, String list) {
        return promises(list).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + " "))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static String readBaseline() {
        try {
            return Files.readString(BASELINE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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
        return PromisedLines.of(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(EXPORTED));
    }
}
