package io.millrace.collector.event;

import static io.millrace.collector.event.EventField.ANONYMOUS_ID;
import static io.millrace.collector.event.EventField.ID;
import static io.millrace.collector.event.EventField.IP;
import static io.millrace.collector.event.EventField.LANGUAGE;
import static io.millrace.collector.event.EventField.NAME;
import static io.millrace.collector.event.EventField.PROPERTIES;
import static io.millrace.collector.event.EventField.REFERRER;
import static io.millrace.collector.event.EventField.SCREEN;
import static io.millrace.collector.event.EventField.TIMESTAMP;
import static io.millrace.collector.event.EventField.TITLE;
import static io.millrace.collector.event.EventField.TYPE;
import static io.millrace.collector.event.EventField.URL;
import static io.millrace.collector.event.EventField.USER_AGENT;
import static io.millrace.collector.event.EventField.USER_ID;
import static io.millrace.collector.event.EventField.WRITE_KEY;

import io.millrace.collector.sender.AddressLiteral;
import io.millrace.collector.sender.AddressTruncation;
import io.millrace.collector.sender.Sender;
import io.millrace.collector.sender.VisitorNaming;
import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import io.millrace.model.control.WriteKey;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Decides whether a draft is an event, and makes it one.
 *
 * <p>The time of an event is the client's, moved by how far the client's clock was off when it sent
 * ({@code timestamp + received − sent_at}); without {@code sent_at} the client's clock is believed,
 * without {@code timestamp} the time of receipt is taken. How long ago that is does not matter
 * here: whether an event is too late is for the stream to decide, where it keeps its place in the
 * books.
 *
 * <p>Safe for any number of threads.
 */
public final class EventJudge {
  private static final Pattern SCREEN_SHAPE = Pattern.compile("\\d{1,5}x\\d{1,5}");

  private final VisitorNaming visitors;
  private final long maxFutureMillis;

  /**
   * A judge whose clock is that of the senders it is told about.
   *
   * @param maxFuture how far ahead of this process's clock an event may claim to be
   */
  public EventJudge(VisitorNaming visitors, Duration maxFuture) {
    this.visitors = visitors;
    this.maxFutureMillis = maxFuture.toMillis();
  }

  public Judgement judge(EventDraft draft, Sender sender, KeyRing keys) {
    Optional<WriteKey> key = keys.keyOf(draft);
    if (key.isEmpty()) {
      return refused(
          draft,
          new Refusal(RefusalKind.UNAUTHORIZED, WRITE_KEY.label(), "is missing or of no site"));
    }
    Optional<Refusal> problem =
        draft
            .problem()
            .or(() -> problemOfKind(draft))
            .or(() -> problemOfShape(draft))
            .or(() -> problemOfOrigin(key.get(), keys))
            .or(() -> problemOfPermission(draft, key.get()))
            .or(() -> problemOfTime(draft, sender));
    return problem.isPresent()
        ? refused(draft, problem.get())
        : new Judgement.Accepted(event(draft, sender, key.get()));
  }

  private static Optional<Refusal> problemOfKind(EventDraft draft) {
    Optional<EventType> type = typeOf(draft);
    if (type.isEmpty()) {
      return Optional.of(Refusal.invalid(TYPE, "is none of page, track and identify"));
    }
    return switch (type.get()) {
      case PAGE -> required(draft, URL);
      case TRACK -> required(draft, NAME);
      case IDENTIFY -> required(draft, USER_ID);
    };
  }

  private static Optional<Refusal> required(EventDraft draft, EventField field) {
    return draft.has(field) ? Optional.empty() : Optional.of(Refusal.invalid(field, "is missing"));
  }

  private static Optional<Refusal> problemOfShape(EventDraft draft) {
    if (draft.has(URL)) {
      String fault = PageAddress.problemOf(draft.text(URL));
      if (!fault.isEmpty()) {
        return Optional.of(Refusal.invalid(URL, fault));
      }
    }
    if (draft.has(SCREEN) && !SCREEN_SHAPE.matcher(draft.text(SCREEN)).matches()) {
      return Optional.of(Refusal.invalid(SCREEN, "is not of the form 1920x1080"));
    }
    if (draft.has(IP) && AddressLiteral.parse(draft.text(IP)).isEmpty()) {
      return Optional.of(Refusal.invalid(IP, "is no address"));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> problemOfOrigin(WriteKey key, KeyRing keys) {
    return keys.isAtHome(key)
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RefusalKind.FORBIDDEN,
                WRITE_KEY.label(),
                "may not be used on pages of this origin"));
  }

  private static Optional<Refusal> problemOfPermission(EventDraft draft, WriteKey key) {
    if (key.may(Permission.ON_BEHALF) || (!draft.has(IP) && !draft.has(USER_AGENT))) {
      return Optional.empty();
    }
    EventField field = draft.has(IP) ? IP : USER_AGENT;
    return Optional.of(
        new Refusal(
            RefusalKind.FORBIDDEN,
            field.label(),
            "this write key may not report on behalf of others"));
  }

  private Optional<Refusal> problemOfTime(EventDraft draft, Sender sender) {
    long time = timeOf(draft, sender);
    if (time > sender.received().toEpochMilli() + maxFutureMillis) {
      return Optional.of(
          new Refusal(
              RefusalKind.TIME,
              TIMESTAMP.label(),
              "is more than " + maxFutureMillis / 1000 + " s in the future"));
    }
    if (time < ClientTime.EARLIEST) {
      return Optional.of(
          new Refusal(
              RefusalKind.TIME,
              TIMESTAMP.label(),
              "is before 1990-01-01 by the collector's clock"));
    }
    return Optional.empty();
  }

  private static long timeOf(EventDraft draft, Sender sender) {
    long received = sender.received().toEpochMilli();
    if (draft.timestamp() == 0) {
      return received;
    }
    return draft.sentAt() == 0
        ? draft.timestamp()
        : draft.timestamp() + (received - draft.sentAt());
  }

  private ClickEvent event(EventDraft draft, Sender sender, WriteKey key) {
    SiteId site = key.site();
    Sender client = onBehalf(draft, sender);
    long time = timeOf(draft, sender);
    return new ClickEvent(
        draft.has(ID) ? draft.text(ID) : UUID.randomUUID().toString(),
        site,
        visitors.nameOf(site, draft.text(ANONYMOUS_ID), client, Instant.ofEpochMilli(time)),
        typeOf(draft).orElseThrow(),
        draft.text(NAME),
        draft.text(URL),
        draft.text(REFERRER),
        draft.text(TITLE),
        draft.text(USER_ID),
        draft.text(ANONYMOUS_ID),
        time,
        draft.timestamp(),
        draft.sentAt(),
        sender.received().toEpochMilli(),
        client.network(),
        client.agent(),
        draft.has(LANGUAGE) ? draft.text(LANGUAGE) : client.language(),
        draft.text(SCREEN),
        draft.text(PROPERTIES),
        key.may(Permission.BACKFILL),
        client.hints());
  }

  /**
   * Who names one of address and agent speaks for a client; what it leaves out is unknown, not its
   * own.
   */
  private static Sender onBehalf(EventDraft draft, Sender sender) {
    if (!draft.has(IP) && !draft.has(USER_AGENT)) {
      return sender;
    }
    Optional<InetAddress> address = AddressLiteral.parse(draft.text(IP));
    return new Sender(
        address.map(AddressTruncation::networkOf).orElse(""),
        draft.text(USER_AGENT),
        sender.received());
  }

  private static Optional<EventType> typeOf(EventDraft draft) {
    return draft.has(TYPE) ? EventType.labelled(draft.text(TYPE)) : Optional.of(EventType.PAGE);
  }

  private static Judgement refused(EventDraft draft, Refusal refusal) {
    return new Judgement.Refused(draft.text(ID), refusal);
  }
}
