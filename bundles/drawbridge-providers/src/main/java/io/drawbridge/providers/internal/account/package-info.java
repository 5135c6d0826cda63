/** Accounts: signing in, messages and their outcomes, presence. */
package io.drawbridge.providers.internal.account;
