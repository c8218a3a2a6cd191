package io.millrace.collector.sender;

import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * Salts that end with the process: every restart begins new cookieless visitors. For tests and for
 * installations that keep nothing on disk. Safe for any number of threads.
 */
public final class TransientSalts implements DailySalts {
  private static final int SALT_LENGTH = 32;
  private final SecureRandom random = new SecureRandom();
  private volatile Map<LocalDate, byte[]> salts = Map.of();

  @Override
  public byte[] saltOf(LocalDate day) {
    byte[] salt = salts.get(day);
    return salt != null ? salt : newDay(day);
  }

  private synchronized byte[] newDay(LocalDate day) {
    var kept = new TreeMap<>(salts);
    byte[] salt = kept.computeIfAbsent(day, _ -> newSalt(random));
    kept.headMap(kept.lastKey().minusDays(1)).clear();
    salts = Map.copyOf(kept);
    return salt;
  }

  static byte[] newSalt(SecureRandom random) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return salt;
  }
}
