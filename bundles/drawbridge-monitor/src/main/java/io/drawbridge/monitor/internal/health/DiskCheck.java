// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.health.Finding.Level;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Whether log, configuration and ledger can still be written. */
@Component(property = {HealthCheck.NAME + "=disk", HealthCheck.TAGS + "=drawbridge"})
public final class DiskCheck implements HealthCheck {
    private static final long MIB = 1 << 20;
    private static final long WARN = 1024 * MIB;
    private static final long CRITICAL = 128 * MIB;

    private final Path data;

    /** Watches the file system of the data directory. */
    @Activate
    public DiskCheck(BundleContext context) {
        this(context.getDataFile("").toPath());
    }

    DiskCheck(Path data) {
        this.data = data;
    }

    @Override
    public Result execute() {
        try {
            FileStore store = Files.getFileStore(data);
            return (store.isReadOnly()
                            ? new Report().add(Level.CRITICAL, store + " is read-only", "mount it for writing")
                            : judge(store.toString(), store.getUsableSpace()))
                    .result();
        } catch (IOException unreadable) {
            return new Report()
                    .add(Level.CRITICAL, "the disk cannot be examined: " + unreadable, "check the file system")
                    .result();
        }
    }

    static Report judge(String store, long usableBytes) {
        String left = usableBytes / MIB + " MiB left on " + store;
        if (usableBytes >= WARN) {
            return new Report().ok(left);
        }
        return new Report()
                .add(usableBytes < CRITICAL ? Level.CRITICAL : Level.WARNING, left, "free space on this file system");
    }
}
