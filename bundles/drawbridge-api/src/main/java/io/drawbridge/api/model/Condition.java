// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/** Why something could not be delivered, in the words of XMPP (RFC 6120 section 8.3.3), which every protocol is mapped to. */
public enum Condition {
    /** The request makes no sense. */
    BAD_REQUEST(Remedy.MODIFY),
    /** Something of that name exists. */
    CONFLICT(Remedy.CANCEL),
    /** The other side cannot do it. */
    FEATURE_NOT_IMPLEMENTED(Remedy.CANCEL),
    /** The sender may not. */
    FORBIDDEN(Remedy.AUTH),
    /** The recipient is no longer at this address. */
    GONE(Remedy.CANCEL),
    /** A fault at the server. */
    INTERNAL_SERVER_ERROR(Remedy.CANCEL),
    /** There is no such recipient or thing. */
    ITEM_NOT_FOUND(Remedy.CANCEL),
    /** The address breaks a rule. */
    JID_MALFORMED(Remedy.MODIFY),
    /** The content is not acceptable. */
    NOT_ACCEPTABLE(Remedy.MODIFY),
    /** Nobody may. */
    NOT_ALLOWED(Remedy.CANCEL),
    /** The sender must authenticate. */
    NOT_AUTHORIZED(Remedy.AUTH),
    /** A local rule forbids it. */
    POLICY_VIOLATION(Remedy.MODIFY),
    /** The recipient is not there now. */
    RECIPIENT_UNAVAILABLE(Remedy.WAIT),
    /** The recipient is at another address for now. */
    REDIRECT(Remedy.MODIFY),
    /** The sender must register. */
    REGISTRATION_REQUIRED(Remedy.AUTH),
    /** The other domain does not exist. */
    REMOTE_SERVER_NOT_FOUND(Remedy.CANCEL),
    /** The other domain did not answer in time. */
    REMOTE_SERVER_TIMEOUT(Remedy.WAIT),
    /** The server is too busy. */
    RESOURCE_CONSTRAINT(Remedy.WAIT),
    /** The service is not offered. */
    SERVICE_UNAVAILABLE(Remedy.CANCEL),
    /** Only those who may see the presence. */
    SUBSCRIPTION_REQUIRED(Remedy.AUTH),
    /** None of the others. */
    UNDEFINED_CONDITION(Remedy.CANCEL),
    /** Right, but not now. */
    UNEXPECTED_REQUEST(Remedy.WAIT);

    private final Remedy remedy;

    Condition(Remedy remedy) {
        this.remedy = remedy;
    }

    /** Returns what a sender does about it unless told otherwise. */
    public Remedy remedy() {
        return remedy;
    }

    /** What a sender can do: the error types of RFC 6120 section 8.3.2. */
    public enum Remedy {
        /** Nothing. */
        CANCEL,
        /** Change the request. */
        MODIFY,
        /** Authenticate or get the right. */
        AUTH,
        /** Try again later. */
        WAIT
    }
}
