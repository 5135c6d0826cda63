// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plug-in may ask of Drawbridge: the model and the provider's promise, and nothing else. */
class ImportRuleTest {
    private static final String SOUND =
            "io.drawbridge.api.model;version=\"[1.0,2)\",io.drawbridge.api.provider;version=\"[1.0,2)\",javax.net.ssl";

    @Test
    void thePromisedPackagesMayBeImported() {
        Map<String, String> headers = Map.of("Import-Package", SOUND);
        assertThat(ImportRule.concerns(headers)).isTrue();
        assertThat(ImportRule.violation(headers)).isEmpty();
    }

    @Test
    void aBundleThatAsksNothingOfDrawbridgeIsNoneOfItsBusiness() {
        assertThat(ImportRule.concerns(Map.of("Import-Package", "org.slf4j", "DynamicImport-Package", "*")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Import-Package | io.drawbridge.api.policy;resolution:=optional | imports io.drawbridge.api.policy",
                "Import-Package | 'a;b;uses:=\"c,d\";version=\"[1,2)\",io.drawbridge.net.dns' | imports io.drawbridge.net.dns",
                "Import-Package | org.slf4j;io.drawbridge.api.link;version=1.0 | imports io.drawbridge.api.link",
                "Import-Package | 'a;x=\"\\\"\",io.drawbridge.net.dns' | imports io.drawbridge.net.dns",
                "Import-Package | 'a;x=\"\\\\\",io.drawbridge.net.dns' | imports io.drawbridge.net.dns",
                "DynamicImport-Package | io.drawbridge.api.* | DynamicImport-Package io.drawbridge.api.*",
                "Export-Package | io.drawbridge.api.model;version=1.0 | exports io.drawbridge.api.model",
                "Require-Bundle | drawbridge-api;bundle-version=0 | Require-Bundle names drawbridge-api",
                "Fragment-Host | drawbridge-core | Fragment-Host names drawbridge-core"
            })
    void anythingElseIsRefusedByItsName(String header, String value, String named) {
        Map<String, String> headers = Map.of(header, value);
        assertThat(ImportRule.concerns(headers)).isTrue();
        assertThat(ImportRule.violation(headers))
                .hasValueSatisfying(why -> assertThat(why).contains(named));
    }

    @ParameterizedTest
    @CsvSource({"*", "io.*", "io.drawbridge.*"})
    void aPlugInMayNotReachTheRestAtRunTime(String pattern) {
        assertThat(ImportRule.violation(Map.of("Import-Package", SOUND, "DynamicImport-Package", pattern)))
                .isPresent();
        assertThat(ImportRule.violation(Map.of("Import-Package", SOUND, "DynamicImport-Package", "org.example.*")))
                .isEmpty();
    }

    /** The container reads on behind these, and finds names that a reader of quotes would not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a;x=\\\",io.drawbridge.api.policy",
                "a\",io.drawbridge.api.policy,b\"",
                "a;x=\\,io.drawbridge.api.policy",
                "a;x=\"y\"z,io.drawbridge.api.provider",
                "a;x=\"y,io.drawbridge.api.provider",
                "io.drawbridge.api.provider;version=1;version=2",
                "io.drawbridge.api.provider;resolution: =optional",
                "io.drawbridge.api.provider,",
            })
    void aHeaderThatTwoMayReadAsTwoThingsIsRefusedIfOurNamesAreInIt(String imports) {
        assertThat(ImportRule.violation(Map.of("Import-Package", imports)))
                .contains("its Import-Package is not written as section 3.2.3 of OSGi Core has it");
        assertThat(ImportRule.concerns(Map.of("Import-Package", imports))).isTrue();
        assertThat(ImportRule.concerns(Map.of("Import-Package", imports.replace("io.drawbridge", "org.example"))))
                .isFalse();
    }

    @Test
    void whatAHeaderSaysOfAPathIsRead() {
        Map<String, ManifestHeader.Clause> clauses = ManifestHeader.clauses(
                "a.b ; c ; version = \"[1,2)\" ; uses:=\"x,y;z=\\\"1\\\"\", d;version:Version=1.0;resolution:=optional");
        assertThat(clauses.keySet()).containsExactly("a.b", "c", "d");
        assertThat(clauses.get("c").attributes()).containsExactly(Map.entry("version", "[1,2)"));
        assertThat(clauses.get("c").directives()).containsExactly(Map.entry("uses", "x,y;z=\"1\""));
        assertThat(clauses.get("d").isOptional()).isTrue();
        assertThat(clauses.get("d").attributes()).containsExactly(Map.entry("version", "1.0"));
        assertThat(ManifestHeader.clauses("  ")).isEmpty();
    }
}
