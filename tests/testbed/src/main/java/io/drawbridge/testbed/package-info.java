// SPDX-License-Identifier: Apache-2.0
/**
 * What tests compose their scenes of: certificates, names, real peers and the appliance itself, each started on
 * loopback and stopped by whoever made it.
 */
package io.drawbridge.testbed;
