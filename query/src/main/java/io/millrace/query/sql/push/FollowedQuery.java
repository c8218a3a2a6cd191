package io.millrace.query.sql.push;

import io.millrace.query.access.SiteScope;

/**
 * A query over views that is followed. Those who see other sites get other rows for the same text,
 * so they share nothing.
 */
record FollowedQuery(String select, SiteScope scope) {}
