// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;

/** What a sender is told of a reason why something does not cross. */
final class Failures {
    private Failures() {}

    static DeliveryOutcome of(Reason reason) {
        return DeliveryOutcome.failed(condition(reason), reason);
    }

    private static Condition condition(Reason reason) {
        return switch (reason) {
            case NOT_OUR_DOMAIN -> Condition.ITEM_NOT_FOUND;
            case FEDERATION_OFF, DOMAIN_BLOCKED, DOMAIN_NOT_ALLOWED, OWN_DOMAIN_FROM_OUTSIDE -> Condition.NOT_ALLOWED;
            case USER_NOT_ENABLED, USER_NOT_ENABLED_FOR_XMPP, USER_NOT_ENABLED_FOR_PUBLIC_CLOUD, REFUSED_LATELY ->
                Condition.FORBIDDEN;
            case PROVIDER_DISABLED, PROVIDER_ENDED -> Condition.NOT_ALLOWED;
            case PROOF_TOO_WEAK -> Condition.POLICY_VIOLATION;
            case NOT_PERSON_TO_PERSON, MEDIA_UNKNOWN_THERE, SIGNAL_UNKNOWN_THERE, TWO_PERSONS_ONLY ->
                Condition.FEATURE_NOT_IMPLEMENTED;
            case ADDRESS_UNKNOWN_THERE -> Condition.ITEM_NOT_FOUND;
            case UNSOLICITED, NOT_AUTHORIZED -> Condition.SUBSCRIPTION_REQUIRED;
            case LIMIT_EXCEEDED, OVERLOADED, SHUTTING_DOWN, LEDGER_FAILED -> Condition.RESOURCE_CONSTRAINT;
            case NO_LINK, NO_HOME, NOT_CONFIGURED -> Condition.SERVICE_UNAVAILABLE;
            case TIMED_OUT -> Condition.REMOTE_SERVER_TIMEOUT;
            case INTERNAL -> Condition.INTERNAL_SERVER_ERROR;
            default -> Condition.UNDEFINED_CONDITION;
        };
    }
}
