/** Providers with a SIP gateway: the relay carries their messages, and the plug-in's code says what people are called. */
package io.drawbridge.providers.internal.gateway;
