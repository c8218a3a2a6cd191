package io.millrace.collector.sender;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** A log of salts in memory, which can be away, and in which somebody else can be quicker. */
public final class SaltsInMemory implements SaltLog {
  private final List<Map.Entry<LocalDate, byte[]>> records = new ArrayList<>();
  private volatile boolean isAway;
  private volatile boolean isBroken;
  private volatile Runnable beforeAppend = () -> {};

  public void becomeAway(boolean away) {
    isAway = away;
  }

  /** Fails once as no cluster does. */
  void breakOnce() {
    isBroken = true;
  }

  /** What happens between the moment a collector finds no salt and the moment it appends one. */
  void beforeAppend(Runnable happening) {
    beforeAppend = happening;
  }

  synchronized void add(LocalDate day, byte[] salt) {
    records.add(Map.entry(day, salt));
  }

  @Override
  public synchronized Map<LocalDate, byte[]> read() {
    requirePresent();
    var found = new HashMap<LocalDate, byte[]>();
    records.forEach(record -> found.putIfAbsent(record.getKey(), record.getValue()));
    return found;
  }

  @Override
  public void append(LocalDate day, byte[] salt) {
    requirePresent();
    beforeAppend.run();
    add(day, salt);
  }

  private void requirePresent() {
    if (isBroken) {
      isBroken = false;
      throw new IllegalStateException("broken");
    }
    if (isAway) {
      throw new KafkaException("away");
    }
  }

  synchronized int size() {
    return records.size();
  }
}
