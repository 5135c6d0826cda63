// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.GatewayProvider;
import java.util.List;
import org.junit.jupiter.api.Nested;

/**
 * The contract of {@link GatewayProvider} as tests. A vendor extends this class and says how its provider is made; the rest
 * is inherited. What an {@code AddressAbility} promises is skipped if the provider has none.
 */
public abstract class GatewayContract extends Contract {
    @Override
    protected abstract GatewayProvider provider();

    /** Returns addresses as own users write them; by default a few at each domain of the provider. */
    protected List<String> addresses() {
        return described().domains().stream()
                .flatMap(
                        domain -> List.of("bob", "Bob.Smith", "bob_77").stream().map(user -> user + "@" + domain))
                .toList();
    }

    /** What it says of itself. */
    @Nested
    class Description extends DescriptionClauses {
        Description() {
            super(GatewayContract.this);
        }
    }

    /** What it says of its gateway. */
    @Nested
    class Presets extends GatewayClauses {
        Presets() {
            super(GatewayContract.this);
        }
    }

    /** How addresses are written on its network. */
    @Nested
    class Addresses extends AddressClauses {
        Addresses() {
            super(GatewayContract.this);
        }
    }

    /** What is packed. */
    @Nested
    class Bundle extends BundleClauses {
        Bundle() {
            super(GatewayContract.this);
        }
    }
}
