/** Lines of IRC and the text in them. */
package io.drawbridge.provider.irc.line;
