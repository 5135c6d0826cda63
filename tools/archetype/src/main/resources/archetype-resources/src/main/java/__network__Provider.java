package ${package};

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.SettingRefused;
import org.osgi.service.component.annotations.Component;

/** ${network}, a public network, to which each user has an account of his own. */
@Component(service = Provider.class)
public final class ${network}Provider implements NativeProvider {
    static final String SERVER = "server";
    static final String USER_NAME = "userName";
    static final String PASSWORD = ".password";

    private static final int DEFAULT_PORT = 7001;

    private static final ProviderDescription DESCRIPTION = ProviderDescription.of("${network.toLowerCase()}", "${network}")
            .domains("${domain}")
            .addressForm("the user's name on ${network}")
            .settings(Setting.optional(
                    SERVER, Setting.Type.SERVER, "im.${domain}", "The network's server, with a port if it is not 7001."))
            .accountSettings(
                    Setting.required(USER_NAME, Setting.Type.TEXT, "The user's name on ${network}."),
                    Setting.required(PASSWORD, Setting.Type.SECRET, "The user's password on ${network}."))
            .build();

    @Override
    public ProviderDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Account open(AccountSettings settings, AccountContext context) throws SettingRefused {
        String server = settings.provider().get(SERVER);
        int colon = server.lastIndexOf(':');
        boolean hasPort = colon > server.lastIndexOf(']');
        String host = hasPort ? server.substring(0, colon) : server;
        int port = hasPort ? Integer.parseInt(server.substring(colon + 1)) : DEFAULT_PORT;
        if (port < 1 || port > 65_535) {
            throw new SettingRefused(SERVER, "has a port between 1 and 65535");
        }
        return new ${network}Account(settings, context, host, port);
    }
}
