// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import org.osgi.annotation.versioning.ConsumerType;

/** A network whose protocol the plug-in speaks itself, signed in with accounts. */
@ConsumerType
public interface NativeProvider extends Provider {
    /**
     * Makes an account ready to connect. Called for each configured account when the provider is enabled or the account's
     * settings change; on the provider's own threads, for different accounts at the same time. May not block, returns
     * within a second and does no I/O. If it throws anything but {@link SettingRefused}, answers nothing, or an account with
     * other abilities than the description declares, the account stays closed, that counts against the provider, and it is
     * tried again after a while.
     *
     * @param settings the provider's and the account's settings, checked against the {@link ProviderDescription}
     * @param context the way back; good until {@link Account#close} was called
     * @throws SettingRefused if a setting breaks a rule that the description cannot say; the account is opened with the
     *     last settings that were taken, or stays closed until its settings change
     */
    Account open(AccountSettings settings, AccountContext context) throws SettingRefused;
}
