// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import java.security.PrivilegedExceptionAction;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/** Acts as the shell does for who has logged in. */
final class Login {
    private Login() {}

    @SuppressWarnings("removal")
    static void as(String name, PrivilegedExceptionAction<Void> action) throws Exception {
        Subject.doAs(new Subject(true, Set.of(new UserPrincipal(name)), Set.of(), Set.of()), action);
    }
}
