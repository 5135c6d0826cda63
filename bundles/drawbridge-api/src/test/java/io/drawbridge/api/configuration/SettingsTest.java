// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads the settings of {@link SampleConfig}, whose metatype stands in the test resources. */
final class SettingsTest {
    private static final String PID = "io.drawbridge.sample~one";

    @Test
    void textAndTypedValuesMeanTheSame() throws InvalidSetting {
        SampleConfig text = read(Map.of("domain", "a.example", "count", "3", "on", "True", "names", "a, b,"));
        SampleConfig typed =
                read(Map.of("domain", "a.example", "count", 3, "on", true, "names", new String[] {"a", "b"}));
        assertThat(text.count()).isEqualTo(typed.count()).isEqualTo(3);
        assertThat(text.on()).isEqualTo(typed.on()).isTrue();
        assertThat(text.names()).containsExactly(typed.names()).containsExactly("a", "b");
    }

    @Test
    void aMissingValueIsTheDefault() throws InvalidSetting {
        SampleConfig settings = read(Map.of("domain", "a.example"));
        assertThat(settings.count()).isEqualTo(4);
        assertThat(settings.level()).isEqualTo(SampleConfig.Level.USE_SOURCE);
    }

    @Test
    void anEnumMayBeWrittenAsAnAdministratorKnowsIt() throws InvalidSetting {
        assertThat(read(Map.of("domain", "a.example", "level", "AlwaysTrue")).level())
                .isEqualTo(SampleConfig.Level.ALWAYS_TRUE);
    }

    @Test
    void aMissingRequiredSettingIsNamed() {
        assertThatThrownBy(() -> read(Map.of())).hasMessage("io.drawbridge.sample~one: domain: is required");
    }

    @Test
    void aNumberOutOfRangeNamesPidKeyValueAndRule() {
        assertThatThrownBy(() -> read(Map.of("domain", "a.example", "count", "9")))
                .isInstanceOfSatisfying(InvalidSetting.class, invalid -> {
                    assertThat(invalid.pid()).isEqualTo(PID);
                    assertThat(invalid.key()).isEqualTo("count");
                    assertThat(invalid.value()).isEqualTo("9");
                    assertThat(invalid.rule()).isEqualTo("lies between 1 and 4");
                });
    }

    @Test
    void aSecretIsNeverShown() {
        assertThatThrownBy(() -> read(Map.of("domain", "a.example", ".secret", "12x")))
                .hasMessageContaining("***")
                .hasMessageNotContaining("12x");
    }

    @Test
    void anUnknownKeyIsReportedAndTheRestIsRead() throws InvalidSetting {
        Settings<SampleConfig> settings = Settings.read(
                SampleConfig.class,
                PID,
                Map.of(
                        "domain",
                        "a.example",
                        "coutn",
                        "3",
                        "service.pid",
                        PID,
                        "osgi.ds.satisfying.condition.target",
                        "(x=y)"));
        assertThat(settings.value().domain()).isEqualTo("a.example");
        assertThat(settings.unknownKeys()).singleElement().satisfies(unknown -> assertThat(unknown)
                .hasMessageContaining("coutn")
                .hasMessageContaining("Keys are: .secret, count, domain, level, names, on"));
    }

    @Test
    void everyBadValueAndUnknownKeyIsToldAtOnce() {
        Map<String, Object> properties = Map.of("domain", "a.example", "count", "9", "on", "perhaps", "coutn", "3");
        assertThatThrownBy(() -> read(properties)).isInstanceOfSatisfying(InvalidSetting.class, invalid -> {
            assertThat(invalid.all()).extracting(InvalidSetting::key).containsExactly("count", "on", "coutn");
            assertThat(invalid.explanation())
                    .contains("count=9: lies between 1 and 4; ")
                    .contains("on=perhaps: is true or false; ")
                    .contains("coutn=***: no such key");
        });
    }

    private static SampleConfig read(Map<String, Object> properties) throws InvalidSetting {
        return Settings.read(SampleConfig.class, PID, properties).value();
    }
}
