/** What the administrator wrote about providers and their accounts, read against what plug-ins declare. */
package io.drawbridge.providers.internal.configuration;
