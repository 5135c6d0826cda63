// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.model.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServingTest {
    @Test
    void everyListenerIsNamedWithWhatKeepsItClosed() {
        assertThat(Serving.report(List.of(
                        new ListenerStatus("outside", Side.OUTSIDE, "sip", "192.0.2.1:5061", true, "", 0),
                        new ListenerStatus("inside", Side.INSIDE, "sip", "10.0.0.1:5061", false, "no identity", 0))))
                .isEqualTo(
                        """
                        Drawbridge serves on 1 of 2 listeners
                          outside: sip outside, 192.0.2.1:5061
                          inside: sip inside, 10.0.0.1:5061, closed: no identity
                        """);
    }

    @Test
    void anUnconfiguredApplianceSaysWhereToBegin() {
        assertThat(Serving.report(List.of())).contains("serves on 0 of 0").contains("operator-guide.md");
    }
}
