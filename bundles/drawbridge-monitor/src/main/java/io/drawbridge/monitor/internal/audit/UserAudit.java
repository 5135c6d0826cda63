// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import java.nio.file.Path;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Audits the users of the shell, their groups, roles and keys. Looks at their files before and after each command line:
 * what a line with a {@code jaas} command changed was done by who typed it, anything else by somebody with an editor.
 * Commands are not read any further, since what they change shows in the files only, and they may hold a password.
 */
@Component(service = CommandSessionListener.class, immediate = true)
public final class UserAudit implements CommandSessionListener {
    private final List<UserFile> files;

    /** Starts from the files as they are. */
    @Activate
    public UserAudit(BundleContext context, @Reference Trail trail) {
        this(Path.of(context.getProperty("karaf.etc")), trail);
    }

    UserAudit(Path etc, Trail trail) {
        files = List.of(
                new UserFile(etc.resolve("users.properties"), "password", trail),
                new UserFile(etc.resolve("keys.properties"), "key", trail));
    }

    @Override
    public void beforeExecute(CommandSession session, CharSequence command) {
        files.forEach(file -> file.compare(file.editor()));
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Exception failure) {
        compare(command);
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Object result) {
        compare(command);
    }

    private void compare(CharSequence command) {
        boolean changesUsers = Commands.mentions(command, "jaas");
        files.forEach(file -> file.compare(changesUsers ? Actor.current("") : file.editor()));
    }
}
