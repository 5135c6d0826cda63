// SPDX-License-Identifier: Apache-2.0
/**
 * SIP traffic over mutual TLS at rates that bring a relay to its limit, and the server it ends at. Written for little
 * cost per message, because load and target share a machine.
 */
package io.drawbridge.testbed.load;
