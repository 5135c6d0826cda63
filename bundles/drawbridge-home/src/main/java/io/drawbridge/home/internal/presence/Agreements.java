// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.api.home.Consents;
import io.drawbridge.api.model.Address;
import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.config.LimitHits;
import io.drawbridge.home.internal.config.LimitHits.Limit;
import io.drawbridge.home.internal.users.User;
import io.drawbridge.home.internal.users.UserTable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may see a user because the user added them as a contact. SIP has no answer of its own to the question who may, so
 * to add somebody is the answer. Owned by the home's thread.
 */
final class Agreements {
    private static final Logger LOG = LoggerFactory.getLogger(Agreements.class);
    private final Supplier<HomeConfig> config;
    private final LimitHits limits;
    private final UserTable users;
    private final Executor executor;
    private final Consumer<Address> changed;
    private Consents consents;

    /**
     * Starts without knowing what was agreed to.
     *
     * @param changed is told of a user who lets somebody see him from now on
     */
    Agreements(
            Supplier<HomeConfig> config,
            LimitHits limits,
            UserTable users,
            Executor executor,
            Consumer<Address> changed) {
        this.config = config;
        this.limits = limits;
        this.users = users;
        this.executor = executor;
        this.changed = changed;
    }

    /** Asks and tells {@code record} from now on; null if nobody can tell. */
    void use(Consents known) {
        consents = known;
    }

    boolean areKnown() {
        return consents != null;
    }

    boolean hold(Address user, Address watcher) {
        return consents != null && consents.holds(user.folded(), watcher.folded());
    }

    /** A user added a contact. What the record does not keep is not agreed to; the next log-in adds again. */
    void added(Address user, Address contact) {
        if (!config.get().addingIsConsent() || consents == null || isKnown(user, contact)) {
            return;
        }
        consents.give(user.folded(), contact.folded()).whenComplete((kept, failure) -> {
            if (failure == null) {
                executor.execute(() -> changed.accept(user.folded()));
            } else {
                limits.add(Limit.CONSENTS);
                LOG.debug("{} added {}, which was not kept: {}", user, contact, failure.getMessage());
            }
        });
    }

    private boolean isKnown(Address user, Address contact) {
        boolean listed = users.find(user).map(known -> known.lists(contact)).orElse(true);
        return listed || user.folded().equals(contact.folded()) || isColleague(contact) || hold(user, contact);
    }

    private boolean isColleague(Address contact) {
        return config.get().insideSeesPresence() && users.find(contact).isPresent();
    }

    /** A user is no more: whoever has the address next agreed to nothing. */
    void removed(User user) {
        if (consents != null) {
            consents.forget(user.address());
        }
    }
}
