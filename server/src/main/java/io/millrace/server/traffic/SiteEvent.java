package io.millrace.server.traffic;

import io.millrace.server.sender.OutgoingEvent;

/** A simulated event and what it is meant to become. */
public record SiteEvent(TrafficKind kind, OutgoingEvent event) {}
