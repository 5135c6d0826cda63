// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.slf4j.LoggerFactory;

/** What can be wrong with how an account delivers. */
final class DeliveryFaults {
    private DeliveryFaults() {}

    /** An account that delivers otherwise. */
    private abstract static class Delivering extends LineAccount {
        Delivering(AccountSettings settings, AccountContext context) {
            super(settings, context);
        }

        @Override
        abstract CompletionStage<Outcome> send(Principal recipient, String text);

        CompletionStage<Outcome> soundly(Principal recipient, String text) {
            return super.send(recipient, text);
        }
    }

    static Account neverAnswers(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                soundly(recipient, text);
                return new CompletableFuture<>();
            }
        };
    }

    static Account answersNothing(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                soundly(recipient, text);
                return null;
            }
        };
    }

    static Account answersWithException(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                return CompletableFuture.failedFuture(new IllegalStateException("not today"));
            }
        };
    }

    /** A stage of a vendor's own making, which calls back twice. */
    private static final class Twice extends CompletableFuture<Outcome> {
        @Override
        public CompletableFuture<Outcome> whenComplete(BiConsumer<? super Outcome, ? super Throwable> action) {
            action.accept(new Outcome.HandedOver(), null);
            action.accept(Outcome.failed(Condition.GONE, "after all"), null);
            return this;
        }
    }

    static Account answersTwice(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                soundly(recipient, text);
                return new Twice();
            }
        };
    }

    static Account sendsTwice(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                soundly(recipient, text);
                return soundly(recipient, text);
            }
        };
    }

    static Account lies(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                return CompletableFuture.completedFuture(new Outcome.Delivered());
            }
        };
    }

    static Account blocksInDeliver(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                ProviderFaults.block(1500);
                return soundly(recipient, text);
            }
        };
    }

    static Account anyOrder(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            private CompletableFuture<Outcome> later;
            private String first;

            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                if (first == null) {
                    first = text;
                    later = new CompletableFuture<>();
                    return later;
                }
                CompletionStage<Outcome> sent = soundly(recipient, text);
                soundly(recipient, first).thenAccept(later::complete);
                first = null;
                return sent;
            }
        };
    }

    static Account cutsMessages(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                return soundly(recipient, text.substring(0, Math.min(50, text.length())));
            }
        };
    }

    static Account breaksLines(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                CompletionStage<Outcome> last = CompletableFuture.completedFuture(new Outcome.HandedOver());
                for (String line : text.split("\r?\n", -1)) {
                    last = soundly(recipient, line);
                }
                return last;
            }
        };
    }

    static Account strictText(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                try {
                    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
                } catch (CharacterCodingException half) {
                    throw new IllegalArgumentException(half);
                }
                return soundly(recipient, text);
            }
        };
    }

    static Account throwsAtSubject(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message) {
                if (!message.subject().isEmpty()) {
                    throw new UnsupportedOperationException("subject");
                }
                return super.deliver(sender, recipient, message);
            }
        };
    }

    static Account strictAddress(AccountSettings settings, AccountContext context) {
        return new Delivering(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                if (!recipient.local().matches("[a-z-]+")) {
                    throw new IllegalArgumentException("no name on this network");
                }
                return soundly(recipient, text);
            }
        };
    }

    static Account logsPassword(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public void connect() {
                LoggerFactory.getLogger("line").debug("sending LOGIN {}", settings.account());
                super.connect();
            }
        };
    }

    static Account showsPassword(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void signedIn() {
                context.status(AccountStatus.ONLINE, "signed in with " + settings.account());
            }
        };
    }

    static Account throwsInTyping(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public void typing(Instance sender, Instance recipient, String conversation, Composing state) {
                throw new UnsupportedOperationException("typing " + state);
            }
        };
    }
}
