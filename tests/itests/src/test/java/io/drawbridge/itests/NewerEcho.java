// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A newer version of the sample's plug-in, in a bundle of its own: on its network the answer comes from somebody else, so
 * that it is seen who served, and what is said to {@link #FRAGILE} breaks it.
 */
public final class NewerEcho implements NativeProvider, BundleActivator {
    /** How the names of those begin who answer. */
    static final String MARK = "newer-";

    /** Whoever is spoken to in vain. */
    static final String FRAGILE = "fragile";

    /** Packs it as a vendor would: the same bundle, a higher version. */
    static Path jar(Path folder, String bundle, String version) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", bundle);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Bundle-Activator", NewerEcho.class.getName());
        headers.putValue("Import-Package", "io.drawbridge.api.model,io.drawbridge.api.provider,org.osgi.framework");
        Path jar = folder.resolve(bundle + "-" + version + ".jar");
        try (JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> each : new Class<?>[] {NewerEcho.class, Echo.class}) {
                String entry = each.getName().replace('.', '/') + ".class";
                packed.putNextEntry(new ZipEntry(entry));
                try (InputStream code = NewerEcho.class.getResourceAsStream("/" + entry)) {
                    code.transferTo(packed);
                }
            }
        }
        return jar;
    }

    @Override
    public void start(BundleContext context) {
        context.registerService(Provider.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The container takes the service back.
    }

    @Override
    public ProviderDescription description() {
        return ProviderDescription.of("example", "Echo network")
                .domains("echo.example")
                .accounts(AccountScope.SHARED)
                .build();
    }

    @Override
    public Account open(AccountSettings settings, AccountContext context) {
        return new Echo(context);
    }

    /**
     * The one account.
     *
     * @param context what it was opened with
     */
    private record Echo(AccountContext context) implements Account {
        @Override
        public void connect() {
            context.status(AccountStatus.ONLINE, "");
        }

        @Override
        public CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message) {
            Principal other = recipient.principal();
            if (other.local().equals(FRAGILE)) {
                throw new IllegalStateException("a fault of the newer version");
            }
            context.message(
                    Instance.anyOf(new Principal(MARK + other.local(), other.domain())),
                    Instance.anyOf(sender.principal()),
                    Message.chat(
                            UUID.randomUUID().toString(),
                            message.conversation(),
                            message.bodies().get(0).text()));
            return CompletableFuture.completedFuture(new Outcome.Delivered());
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
