package io.millrace.streams.session;

import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import java.util.Optional;

/**
 * A record for the topic of sessions.
 *
 * @param number its place among those of the partition
 * @param replaced what the topic had of the session before, which no longer holds
 */
record SessionRecord(long number, Session session, Optional<PublishedSession> replaced) {}
