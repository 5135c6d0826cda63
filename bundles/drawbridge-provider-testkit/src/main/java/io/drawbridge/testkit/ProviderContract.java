// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.NativeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.opentest4j.TestAbortedException;

/**
 * The contract of {@link NativeProvider} as tests. A vendor extends this class, says how its provider is made, with which
 * settings it signs in, and names a contact on its network; the rest is inherited.
 *
 * <p>The contact is somebody who says back what is said to it: a server in the test, or a robot on the real network. A
 * network that offers none overrides {@link #contactSays} and {@link #heard} instead.
 *
 * <p>Contracts that a network cannot play in a test, such as the loss of its connection, are skipped until the vendor
 * overrides what they need; the report says which.
 */
public abstract class ProviderContract extends Contract {
    private Stage stage;

    @Override
    protected abstract NativeProvider provider();

    /** Returns the address of somebody on the network who says back what is said to it. */
    protected abstract String contact();

    /** Returns the provider's settings that lead to the network of the test; by default none but the fallbacks. */
    protected Map<String, String> providerSettings() {
        return Map.of();
    }

    /**
     * Returns the settings with which a user's account signs in; by default none but the fallbacks.
     *
     * @param user {@code alice@home.example} or {@code bob@home.example}; empty for a provider with one account for all
     */
    protected Map<String, String> accountSettings(String user) {
        return Map.of();
    }

    /**
     * Returns account settings that the network refuses; by default none are known.
     *
     * @param user as in {@link #accountSettings}
     */
    protected Optional<Map<String, String>> refusedSettings(String user) {
        return Optional.empty();
    }

    /** Cuts every connection that accounts have with the network, and lets new ones come; by default it cannot be done. */
    protected void cut() {
        throw new TestAbortedException("override cut() to show what happens when the network is lost");
    }

    /**
     * Has the contact write to a user; by default the user writes that to the contact, who says it back.
     *
     * @param user {@code alice@home.example} or {@code bob@home.example}
     */
    protected void contactSays(String user, String text) {
        stage.says(principal(user), text);
    }

    /** Returns what the contact has heard in this test, in its order; by default what it has said back. */
    protected List<String> heard() {
        return stage.brought().stream()
                .filter(Event.Said.class::isInstance)
                .map(event -> Stage.text((Event.Said) event))
                .toList();
    }

    /**
     * Returns whether the network knows nothing longer than a line, so that each line of a message arrives as a message of
     * its own, and a long line as several; by default a message arrives as one.
     */
    protected boolean arrivesInLines() {
        return false;
    }

    /**
     * Returns whether the contact sees a user as being there, by what the user has shown it; by default that is not known.
     *
     * @param user {@code alice@home.example} or {@code bob@home.example}
     */
    protected boolean seesThere(String user) {
        throw new TestAbortedException("override seesThere() to show what becomes of own presence");
    }

    /** Returns how many messages a second the network of the test takes; 200 by default. */
    protected int messagesPerSecond() {
        return 200;
    }

    /** Returns how long a network in a test may take for anything. */
    Duration patience() {
        return Duration.ofSeconds(30);
    }

    @BeforeEach
    final void raise() {
        stage = new Stage(this);
    }

    @AfterEach
    final void lower() {
        stage.close();
    }

    final Stage stage() {
        return stage;
    }

    final Principal contactPrincipal() {
        return principal(contact());
    }

    static Principal principal(String address) {
        Address read = Address.of(address);
        return Principal.of(read.user(), read.domain());
    }

    /** What it says of itself. */
    @Nested
    class Description extends DescriptionClauses {
        Description() {
            super(ProviderContract.this);
        }
    }

    /** What it is configured with. */
    @Nested
    class Settings extends SettingsClauses {
        Settings() {
            super(ProviderContract.this);
        }
    }

    /** How accounts sign in. */
    @Nested
    class SigningIn extends SignInClauses {
        SigningIn() {
            super(ProviderContract.this);
        }
    }

    /** What becomes of messages of own users. */
    @Nested
    class Deliveries extends DeliveryClauses {
        Deliveries() {
            super(ProviderContract.this);
        }
    }

    /** What comes from the network. */
    @Nested
    class Arrivals extends ArrivalClauses {
        Arrivals() {
            super(ProviderContract.this);
        }
    }

    /** What it can do besides. */
    @Nested
    class Abilities extends AbilityClauses {
        Abilities() {
            super(ProviderContract.this);
        }
    }

    /** How accounts end. */
    @Nested
    class Ending extends EndClauses {
        Ending() {
            super(ProviderContract.this);
        }
    }

    /** How one plug-in takes the place of another. */
    @Nested
    class Swapping extends SwapClauses {
        Swapping() {
            super(ProviderContract.this);
        }
    }

    /** What is packed. */
    @Nested
    class Bundle extends BundleClauses {
        Bundle() {
            super(ProviderContract.this);
        }
    }
}
