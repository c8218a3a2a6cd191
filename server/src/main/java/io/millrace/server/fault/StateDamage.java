package io.millrace.server.fault;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What can become of the folder in which a processor that does not run keeps its state. There is no
 * way back but that the processor makes its state anew.
 */
public enum StateDamage {
  /** Some bytes in the tables of RocksDB are others, as on a disk that rots. */
  FLIPPED_TABLES {
    @Override
    void harm(Path folder, RandomGenerator random) throws IOException {
      for (Path file : filesOf(folder, ".*\\.sst")) {
        flip(file, random);
      }
    }
  },
  /** The lists of tables of RocksDB are others. */
  FLIPPED_MANIFESTS {
    @Override
    void harm(Path folder, RandomGenerator random) throws IOException {
      for (Path file : filesOf(folder, "MANIFEST-.*|CURRENT")) {
        flip(file, random);
      }
    }
  },
  /** The tables and logs of RocksDB end in the middle, as after a copy that was cut off. */
  CUT_SHORT {
    @Override
    void harm(Path folder, RandomGenerator random) throws IOException {
      for (Path file : filesOf(folder, ".*\\.(sst|log)")) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(channel.size() / 2);
        }
      }
    }
  },
  /** The notes of how far each state goes are nonsense. */
  CHECKPOINTS {
    @Override
    void harm(Path folder, RandomGenerator random) throws IOException {
      for (Path file : filesOf(folder, "\\.checkpoint.*|.*\\.position")) {
        Files.writeString(file, "nonsense");
      }
    }
  },
  /** All of it is gone. */
  DELETED {
    @Override
    void harm(Path folder, RandomGenerator random) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  };

  private static final int FLIPS = 40;

  /**
   * Does it to a folder that nobody works on.
   *
   * @param folder of the state, with all that is in it
   * @param random decides which bytes
   * @return how many files are others now, or are gone
   */
  public int doTo(Path folder, RandomGenerator random) {
    try {
      List<Snapshot> before = snapshots(folder);
      harm(folder, random);
      return (int) before.stream().filter(Snapshot::isOtherNow).count();
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.FAULT_FAILED,
          "Cannot damage the state in %s: %s.".formatted(folder, problem.getMessage()),
          problem);
    }
  }

  abstract void harm(Path folder, RandomGenerator random) throws IOException;

  private record Snapshot(Path file, int hash) {
    static Snapshot of(Path file) throws IOException {
      return new Snapshot(file, Arrays.hashCode(Files.readAllBytes(file)));
    }

    boolean isOtherNow() {
      try {
        return !Files.exists(file) || of(file).hash() != hash;
      } catch (IOException unreadable) {
        return true;
      }
    }
  }

  private static List<Snapshot> snapshots(Path folder) throws IOException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (Path file : filesOf(folder, ".*")) {
      snapshots.add(Snapshot.of(file));
    }
    return snapshots;
  }

  private static List<Path> filesOf(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(name))
          .sorted()
          .toList();
    }
  }

  private static void flip(Path file, RandomGenerator random) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (int flip = 0; flip < FLIPS && channel.size() > 0; flip++) {
        long position = random.nextLong(channel.size());
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, position);
        one.put(0, (byte) (one.get(0) ^ random.nextInt(1, 256))).rewind();
        channel.write(one, position);
      }
    }
  }
}
