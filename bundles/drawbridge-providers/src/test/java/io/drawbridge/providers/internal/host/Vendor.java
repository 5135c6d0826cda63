// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.PresenceAbility;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.api.provider.TypingAbility;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** A vendor's plug-in that does what a test tells it. */
final class Vendor implements NativeProvider {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Opened> opened = new CopyOnWriteArrayList<>();
    volatile ProviderDescription description = described().build();
    volatile Consumer<Opened> onConnect = account -> account.context.status(AccountStatus.ONLINE, "");
    volatile Function<Opened, CompletionStage<Outcome>> onDeliver =
            account -> CompletableFuture.completedFuture(new Outcome.Delivered());

    volatile Consumer<Opened> onClose = account -> {};
    volatile String refusedNick = "nobody";
    final Map<Principal, PresenceDocument> shown = new ConcurrentHashMap<>();

    static ProviderDescription.Builder described() {
        return ProviderDescription.of("parrot", "Parrot net")
                .domains("parrot.example")
                .capable(Capability.PRESENCE, Capability.TYPING)
                .settings(Setting.optional("server", Setting.Type.SERVER, "parrot.example", "Where it is."))
                .accountSettings(
                        Setting.required("nick", Setting.Type.TEXT, "Its name."),
                        Setting.required(".password", Setting.Type.SECRET, "Its password."))
                .longestMessage(20);
    }

    @Override
    public ProviderDescription description() {
        return description;
    }

    @Override
    public Account open(AccountSettings settings, AccountContext context) throws SettingRefused {
        if (settings.account().get("nick").equals(refusedNick)) {
            throw new SettingRefused("nick", "is not " + refusedNick);
        }
        Opened account = new Opened(settings, context);
        opened.add(account);
        return account;
    }

    Opened last() {
        return opened.get(opened.size() - 1);
    }

    /** One account. */
    final class Opened implements Account, PresenceAbility, TypingAbility {
        final AccountSettings settings;
        final AccountContext context;
        volatile boolean closed;

        Opened(AccountSettings settings, AccountContext context) {
            this.settings = settings;
            this.context = context;
        }

        private void note(String call) {
            calls.add(settings.name() + " " + call);
        }

        @Override
        public void connect() {
            note("connect");
            onConnect.accept(this);
        }

        @Override
        public CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message) {
            note("deliver " + message.bodies().get(0).text());
            return onDeliver.apply(this);
        }

        @Override
        public void close() {
            closed = true;
            note("close");
            onClose.accept(this);
        }

        @Override
        public void watch(Principal watcher, Principal presentity) {
            note("watch " + presentity);
        }

        @Override
        public void unwatch(Principal watcher, Principal presentity) {
            note("unwatch " + presentity);
        }

        @Override
        public void show(Principal watcher, PresenceDocument document) {
            shown.put(watcher, document);
            note("show " + document.presentity());
        }

        @Override
        public void typing(Instance sender, Instance recipient, String conversation, Composing state) {
            note("typing " + state);
        }
    }
}
