// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.wire;

/**
 * The certificate an account proves itself by.
 *
 * @param certificate the path of the chain, PEM
 * @param key the path of the key, PEM (PKCS#8)
 */
public record Own(String certificate, String key) {}
