package io.millrace.server.traffic;

/** Somebody who visits the simulated site. */
record Visitor(String anonymousId, String address, String agent, String language, String screen) {}
