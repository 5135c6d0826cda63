// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import java.security.AccessController;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/** Who acts on the calling thread. */
final class Actor {
    private static final String FILE_WATCHER = "fileinstall-";

    private Actor() {}

    /**
     * Names the user logged in to the shell on this thread; else the file whose change is being read; else
     * {@code system}.
     *
     * @param file the file the configuration comes from, empty if none
     */
    // The only way to the login of the thread in Java 17; its successor, Subject.current, came with Java 18.
    @SuppressWarnings("removal")
    static String current(String file) {
        Subject subject = Subject.getSubject(AccessController.getContext());
        if (subject != null) {
            for (UserPrincipal user : subject.getPrincipals(UserPrincipal.class)) {
                return user.getName();
            }
        }
        boolean readsFiles = Thread.currentThread().getName().startsWith(FILE_WATCHER);
        return readsFiles && !file.isEmpty() ? "file " + file : "system";
    }
}
