/** Internet Relay Chat as a public network. */
package io.drawbridge.provider.irc;
