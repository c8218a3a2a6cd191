package io.millrace.streams.backfill;

import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import io.millrace.model.SessionNumber;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.SessionCodec;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic of sessions.
 *
 * @param partition of that topic
 * @param number its place; empty of a program that did not say so, which knew no definitions of
 *     views of sessions
 * @param replaced the record of the same session that no longer holds
 * @param time when it was sent, in milliseconds since 1970
 */
record RecordedSession(
    int partition,
    Optional<SessionNumber> number,
    Session session,
    Optional<PublishedSession> replaced,
    long time) {

  /** Empty for one that nobody can read. */
  static Optional<RecordedSession> of(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value == null
        || !(SessionCodec.decode(value) instanceof Decoded.Value<Session>(Session session))) {
      return Optional.empty();
    }
    return Optional.of(
        new RecordedSession(
            record.partition(),
            header(record, SessionNumber.HEADER).flatMap(SessionNumber::parse),
            session,
            header(record, PublishedSession.REPLACED).flatMap(PublishedSession::parse),
            record.timestamp()));
  }

  private static Optional<byte[]> header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? Optional.empty() : Optional.ofNullable(header.value());
  }
}
