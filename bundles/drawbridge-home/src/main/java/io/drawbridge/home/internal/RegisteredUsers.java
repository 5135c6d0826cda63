// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import io.drawbridge.api.home.HomeContact;
import io.drawbridge.api.home.HomeUser;
import io.drawbridge.api.home.HomeUsers;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.model.Address;
import io.drawbridge.home.internal.location.Binding;
import io.drawbridge.home.internal.users.DigestAlgorithm;
import io.drawbridge.home.internal.users.User;
import io.drawbridge.home.internal.users.UserConfigurations;
import io.drawbridge.home.internal.users.UserTable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows the home's users together with the clients they are registered with and what they are asked. */
@Component(service = HomeUsers.class)
public final class RegisteredUsers implements HomeUsers {
    private final UserTable table;
    private final Function<Address, List<Binding>> bindings;
    private final Function<Address, List<Question>> questions;

    /** Shows what {@code users} reads and where {@code home} finds them. */
    @Activate
    public RegisteredUsers(@Reference UserConfigurations users, @Reference HomeComponent home) {
        this(users.table(), home::contacts, home::questions);
    }

    RegisteredUsers(
            UserTable table, Function<Address, List<Binding>> bindings, Function<Address, List<Question>> questions) {
        this.table = table;
        this.bindings = bindings;
        this.questions = questions;
    }

    @Override
    public List<HomeUser> users() {
        return table.users().stream().map(this::described).toList();
    }

    @Override
    public Map<String, String> credentials(Address address, char[] password) {
        if (password.length == 0) {
            throw new IllegalArgumentException("an empty password is no password");
        }
        Address user = address.folded();
        String realm = user.domain().value();
        return Map.of(
                ".ha1Sha256", DigestAlgorithm.SHA_256.ha1(user.user(), realm, password),
                ".ha1Md5", DigestAlgorithm.MD5.ha1(user.user(), realm, password));
    }

    private HomeUser described(User user) {
        return new HomeUser(
                user.address(),
                user.displayName(),
                user.allow().stream().sorted().toList(),
                user.block().stream().sorted().toList(),
                user.allowAll(),
                bindings.apply(user.address()).stream()
                        .map(RegisteredUsers::described)
                        .toList(),
                questions.apply(user.address()),
                user.pid());
    }

    private static HomeContact described(Binding binding) {
        return new HomeContact(
                binding.contact(), binding.client(), binding.flow().remote().toString(), binding.expires());
    }
}
