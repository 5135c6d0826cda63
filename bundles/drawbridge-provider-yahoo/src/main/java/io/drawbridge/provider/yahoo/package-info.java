/** The plug-in for Yahoo!: what is particular to its gateway. */
package io.drawbridge.provider.yahoo;
