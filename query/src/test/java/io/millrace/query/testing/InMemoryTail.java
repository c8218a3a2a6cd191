package io.millrace.query.testing;

import io.millrace.views.ClickPosition;
import io.millrace.views.ClickTail;
import io.millrace.views.ClicksGoneException;
import io.millrace.views.JudgedClick;
import io.millrace.views.TailBatch;
import io.millrace.views.TailClick;
import java.util.ArrayList;
import java.util.List;

/** A log of clicks in memory, of two partitions in turn. */
public final class InMemoryTail implements ClickTail {
  private static final int PARTITIONS = 2;

  private final List<TailClick> log = new ArrayList<>();
  private final List<Receiver> receivers = new ArrayList<>();
  private ClickPosition end = new ClickPosition(List.of(0L, 0L));
  private ClickPosition begin = end;
  private int readings;

  /** Adds clicks in one batch. */
  public synchronized void publish(JudgedClick... clicks) {
    var batch = new ArrayList<TailClick>();
    for (JudgedClick click : clicks) {
      int partition = log.size() % PARTITIONS;
      var added = new TailClick(click, partition, end.next(partition), 100);
      log.add(added);
      batch.add(added);
      end = end.after(partition, added.offset());
    }
    receivers.forEach(receiver -> receiver.accept(new TailBatch(batch, end)));
  }

  /** Forgets all clicks so far. */
  public synchronized void forget() {
    begin = end;
    receivers.forEach(Receiver::failed);
  }

  /** How many follow the end. */
  public synchronized int followers() {
    return receivers.size();
  }

  /** How many read the past. */
  public synchronized int readings() {
    return readings;
  }

  @Override
  public synchronized Subscription subscribe(Receiver receiver) {
    receivers.add(receiver);
    ClickPosition start = end;
    return new Subscription() {
      @Override
      public ClickPosition start() {
        return start;
      }

      @Override
      public void close() {
        leave(receiver);
      }
    };
  }

  private synchronized void leave(Receiver receiver) {
    receivers.remove(receiver);
  }

  @Override
  public synchronized Past readFrom(ClickPosition place) {
    if (!end.reaches(place)) {
      throw new IllegalArgumentException("not so far yet");
    }
    if (!place.reaches(begin)) {
      throw new ClicksGoneException("gone");
    }
    readings++;
    return new Reading(place);
  }

  /** One click at a time, so that many steps lie between. */
  private final class Reading implements Past {
    private ClickPosition place;

    Reading(ClickPosition place) {
      this.place = place;
    }

    @Override
    public TailBatch next() {
      synchronized (InMemoryTail.this) {
        for (TailClick click : log) {
          if (click.offset() >= place.next(click.partition())) {
            place = place.after(click.partition(), click.offset());
            return new TailBatch(List.of(click), place);
          }
        }
        return new TailBatch(List.of(), place);
      }
    }

    @Override
    public void close() {
      synchronized (InMemoryTail.this) {
        readings--;
      }
    }
  }
}
