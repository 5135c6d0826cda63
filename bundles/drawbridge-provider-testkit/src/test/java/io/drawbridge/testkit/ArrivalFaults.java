// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import java.util.UUID;

/** What can be wrong with how an account brings what came from the network. */
final class ArrivalFaults {
    private static volatile AccountContext latest;

    private ArrivalFaults() {}

    static Account mixesUsersUp(AccountSettings settings, AccountContext context) {
        latest = context;
        return new LineAccount(settings, context) {
            @Override
            void arrived(Principal from, Message message) {
                latest.message(
                        Instance.anyOf(from), Instance.anyOf(settings.user().orElseThrow()), message);
            }
        };
    }

    static Account forgesSenders(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void arrived(Principal from, Message message) {
                try {
                    super.arrived(new Principal(from.local(), DomainName.of("else.example")), message);
                } catch (IllegalArgumentException found) {
                    super.arrived(from, message);
                }
            }
        };
    }

    static Account bringsTwice(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void arrived(Principal from, Message message) {
                super.arrived(from, message);
                super.arrived(from, message);
            }
        };
    }

    static Account repeatsIdentifiers(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void arrived(Principal from, Message message) {
                super.arrived(
                        from, Message.chat("7", "", message.bodies().get(0).text()));
            }
        };
    }

    static Account leavesAtRefusal(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void arrived(Principal from, Message message) {
                context.message(
                                Instance.anyOf(from),
                                Instance.anyOf(settings.user().orElseThrow()),
                                message)
                        .thenAccept(outcome -> {
                            if (outcome instanceof Outcome.Failed) {
                                context.status(AccountStatus.DISCONNECTED, "not wanted");
                            }
                        });
            }
        };
    }

    static Account waitsForDecisions(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void arrived(Principal from, Message message) {
                context.executor().execute(() -> context.message(
                                Instance.anyOf(from),
                                Instance.anyOf(settings.user().orElseThrow()),
                                Message.chat(UUID.randomUUID().toString(), "", "waiting"))
                        .toCompletableFuture()
                        .join());
            }
        };
    }

    static Account showsNothing(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public void show(Principal watcher, PresenceDocument document) {
                // It takes its users' presence for nobody's business.
            }
        };
    }

    static Account showsForEver(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public void show(Principal watcher, PresenceDocument document) {
                if (!document.instances().isEmpty()) {
                    super.show(watcher, document);
                }
            }
        };
    }

    static Account tellsNoPresence(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public void watch(Principal watcher, Principal presentity) {
                // It waits for a change, which may never come.
            }
        };
    }
}
