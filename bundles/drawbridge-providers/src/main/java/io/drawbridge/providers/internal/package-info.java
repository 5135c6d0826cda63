/** The host of provider plug-ins in the container. */
package io.drawbridge.providers.internal;
