// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.policy.EdgeSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the appliance says of itself before it is configured. */
final class StatusViewTest {
    @Test
    void whoHasNoDomainYetIsToldWhatToSetAndIsNotSentWhereItIsAlready() {
        EdgeSettings edge = new EdgeSettings(Set.of(), Optional.empty(), Set.of(), false, false, false, false, 1);
        View status = new StatusView(Optional.of(edge), List.of(), List.of(), List.of(), List.of(), List.of());
        assertThat(status.text(120))
                .contains("none in force; set sipDomains in io.drawbridge.edge")
                .doesNotContain("drawbridge:status");
    }
}
