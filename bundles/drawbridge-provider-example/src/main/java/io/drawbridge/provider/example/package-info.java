/** The sample of a provider plug-in. */
package io.drawbridge.provider.example;
