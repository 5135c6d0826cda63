// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

/**
 * What one rule said.
 *
 * @param rule which rule
 * @param passed whether it let the request go on
 * @param detail for people: the fact it rested on, with the configuration it came from
 */
public record RuleResult(Rule rule, boolean passed, String detail) {}
