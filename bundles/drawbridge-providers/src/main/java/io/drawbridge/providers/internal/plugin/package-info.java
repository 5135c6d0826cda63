/** One plug-in: its threads, its calls and how it conducts itself. */
package io.drawbridge.providers.internal.plugin;
