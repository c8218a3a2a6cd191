package io.millrace.server.drill.proof;

/** What makes two records the same event. */
record EventName(String site, String visitor, String id) {}
