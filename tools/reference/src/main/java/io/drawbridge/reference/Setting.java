// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.reference;

/**
 * One setting as the metatype declares it.
 *
 * @param key the key in the configuration
 * @param name its name for people
 * @param description what it does
 * @param type type, range and choices, for people
 * @param fallback the default; empty if there is none
 */
record Setting(String key, String name, String description, String type, String fallback) {}
