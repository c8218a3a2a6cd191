package io.millrace.server.fault;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A clock that is wrong for one process, and can be put right or wrong while it runs: libfaketime,
 * loaded before the C library, adds what stands in a file to the time of day. The time that
 * intervals are measured with is left as it is, as on a machine whose clock is set.
 *
 * <p>The process takes a change up within a second.
 */
public final class ShiftedClock {

  /** Finds the library, and sees that a process shows another year with it. */
  static final String PROBE =
      """
      library=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 | head -1)
      [ "$(LD_PRELOAD=$library FAKETIME=-20y date +%Y)" != "$(date +%Y)" ]
      """;

  private static final String LIBRARY = "ls /usr/lib/*/faketime/libfaketimeMT.so.1 | head -1";

  private final Path file;
  private final String library;

  private ShiftedClock(Path file, String library) {
    this.file = file;
    this.library = library;
  }

  /** Why there can be none on this machine; empty when there can. */
  public static Optional<String> missing() {
    return MachineNeed.CLOCK.missing();
  }

  /**
   * A clock that is right so far.
   *
   * @param file that holds by how much it is wrong; made, and kept for as long as the process runs
   */
  public static ShiftedClock create(Path file) {
    String library = SystemCommand.of("sh", "-c", LIBRARY).run().strip();
    var clock = new ShiftedClock(file.toAbsolutePath().normalize(), library);
    clock.shift(Duration.ZERO);
    return clock;
  }

  /** What the process that is to have this clock is started with in its environment. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library,
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        // By its former name too: a JVM that waits by a clock that jumps hangs.
        "DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1");
  }

  /** Wrong by so much; ahead if it is positive. */
  public Fault by(Duration shift) {
    return new FaultSwitch(
        "clock %+d s".formatted(shift.toSeconds()), () -> shift(shift), () -> shift(Duration.ZERO));
  }

  private void shift(Duration shift) {
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".draft");
      Files.writeString(draft, "%+ds%n".formatted(shift.toSeconds()));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.FAULT_FAILED,
          "Cannot write %s: %s.".formatted(file, problem.getMessage()),
          problem);
    }
  }
}
