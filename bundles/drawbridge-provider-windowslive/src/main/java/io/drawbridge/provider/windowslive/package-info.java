/** The plug-in for Windows Live: what is particular to its gateway. */
package io.drawbridge.provider.windowslive;
