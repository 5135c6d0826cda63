/** Providers as links: which accounts each has, and which plug-in serves it. */
package io.drawbridge.providers.internal.host;
