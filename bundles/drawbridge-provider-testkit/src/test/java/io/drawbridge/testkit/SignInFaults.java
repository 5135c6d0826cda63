// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;

/** What can be wrong with how an account signs in. */
final class SignInFaults {
    private SignInFaults() {}

    static Account connectsWhenOpened(AccountSettings settings, AccountContext context) {
        LineAccount account = new LineAccount(settings, context);
        account.connect();
        return account;
    }

    static Account neverSignsIn(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void signedIn() {
                context.status(AccountStatus.CONNECTING, "almost there");
            }
        };
    }

    static Account blocksInConnect(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public void connect() {
                super.connect();
                ProviderFaults.block(2000);
            }
        };
    }

    static Account signsInAfterItClosed(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public void connect() {
                new Thread(() -> {
                            ProviderFaults.block(500);
                            ended(AccountStatus.DISCONNECTED);
                        })
                        .start();
            }
        };
    }

    static Account keepsLossToItself(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void ended(AccountStatus status) {
                // Nobody hears of it.
            }
        };
    }

    static Account triesAgainByItself(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void ended(AccountStatus status) {
                super.ended(status);
                super.connect();
            }
        };
    }

    static Account signsInOnceOnly(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            private boolean connected;

            @Override
            public void connect() {
                if (!connected) {
                    super.connect();
                }
                connected = true;
            }
        };
    }

    static Account takesRefusalForOutage(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            AccountStatus refused() {
                return AccountStatus.DISCONNECTED;
            }
        };
    }
}
