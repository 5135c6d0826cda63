/** What is said on one connection. Everything here runs on the account's own lane and so needs no lock. */
package io.drawbridge.provider.irc.client;
