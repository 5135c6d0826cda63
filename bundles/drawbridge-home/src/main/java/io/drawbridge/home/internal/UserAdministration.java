// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import io.drawbridge.api.home.HomeContact;
import io.drawbridge.api.home.HomeUser;
import io.drawbridge.api.home.HomeUsers;
import io.drawbridge.api.model.Address;
import io.drawbridge.home.internal.location.Binding;
import io.drawbridge.home.internal.users.DigestAlgorithm;
import io.drawbridge.home.internal.users.User;
import io.drawbridge.home.internal.users.UserConfig;
import io.drawbridge.home.internal.users.UserConfigurations;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets an administrator change the home's users, by way of Config Admin. */
@SuppressWarnings("JdkObsolete") // Config Admin speaks Dictionary
@Component(service = HomeUsers.class)
public final class UserAdministration implements HomeUsers {
    private final UserConfigurations users;
    private final HomeComponent home;
    private final ConfigurationAdmin configurations;

    /** Administers what {@code users} reads. */
    @Activate
    public UserAdministration(
            @Reference UserConfigurations users,
            @Reference HomeComponent home,
            @Reference ConfigurationAdmin configurations) {
        this.users = users;
        this.home = home;
        this.configurations = configurations;
    }

    @Override
    public List<HomeUser> users() {
        return users.table().users().stream().map(this::described).toList();
    }

    @Override
    public void add(Address address, String displayName, char[] password, List<String> allow) throws IOException {
        Address user = address.folded();
        if (users.table().find(user).isPresent()) {
            throw new IllegalArgumentException(user + " exists already");
        }
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("address", user.toString());
        properties.put("displayName", displayName);
        properties.put("allow", allow.toArray(String[]::new));
        putProof(properties, user, password);
        configurations
                .getFactoryConfiguration(UserConfig.FACTORY_PID, user.toString(), "?")
                .update(properties);
    }

    @Override
    public void password(Address address, char[] password) throws IOException {
        Address user = address.folded();
        Configuration configuration = find(user);
        Dictionary<String, Object> properties = configuration.getProperties();
        putProof(properties, user, password);
        configuration.update(properties);
    }

    @Override
    public void remove(Address address) throws IOException {
        find(address.folded()).delete();
    }

    private static void putProof(Dictionary<String, Object> properties, Address user, char[] password) {
        if (password.length == 0) {
            throw new IllegalArgumentException("the password is empty");
        }
        String realm = user.domain().value();
        properties.put(".ha1Sha256", DigestAlgorithm.SHA_256.ha1(user.user(), realm, password));
        properties.put(".ha1Md5", DigestAlgorithm.MD5.ha1(user.user(), realm, password));
    }

    private Configuration find(Address user) throws IOException {
        Configuration[] all;
        try {
            all = configurations.listConfigurations("(service.factoryPid=" + UserConfig.FACTORY_PID + ")");
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        for (Configuration configuration : all == null ? new Configuration[0] : all) {
            Object address = configuration.getProperties().get("address");
            if (address != null
                    && user.toString().equalsIgnoreCase(address.toString().strip())) {
                return configuration;
            }
        }
        throw new IllegalArgumentException("there is no user " + user);
    }

    private HomeUser described(User user) {
        List<HomeContact> contacts = home.contacts(user.address()).stream()
                .map(UserAdministration::described)
                .toList();
        return new HomeUser(
                user.address(),
                user.displayName(),
                user.allow().stream().sorted().toList(),
                user.allowAll(),
                contacts);
    }

    private static HomeContact described(Binding binding) {
        return new HomeContact(
                binding.contact(), binding.client(), binding.flow().remote().toString(), binding.expires());
    }
}
