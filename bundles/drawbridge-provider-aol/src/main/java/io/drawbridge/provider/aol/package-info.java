/** The plug-in for AOL: what is particular to its gateway. */
package io.drawbridge.provider.aol;
