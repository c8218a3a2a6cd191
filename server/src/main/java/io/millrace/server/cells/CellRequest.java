package io.millrace.server.cells;

import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one instance asks another.
 *
 * @param partitions of cells, each of which is answered for itself
 * @param mayBeCopies whether a copy will do
 */
record CellRequest(Question question, List<Integer> partitions, boolean mayBeCopies) {
  /** The longest request: the names of a view, a site and a group have a length. */
  static final int MOST_BYTES = 64 << 10;

  private static final int VERSION = 1;
  private static final int SCAN = 1;
  private static final int KEPT = 2;

  CellRequest {
    partitions = List.copyOf(partitions);
  }

  /** What is asked of each partition. */
  sealed interface Question {

    /**
     * The cells of a view, grain and site whose windows start within a span.
     *
     * @param group values of the first dimensions within the site; empty for all groups
     */
    record Scan(String view, Grain grain, String site, long from, long to, List<String> group)
        implements Question {
      public Scan {
        group = List.copyOf(group);
      }
    }

    /** From when on the windows of a view and site are kept. */
    record Kept(String view, String site) implements Question {}
  }

  byte[] toBytes() {
    var out = new ByteWriter(128);
    out.writeByte(VERSION);
    out.writeBoolean(mayBeCopies);
    out.writeLong(partitions.size());
    partitions.forEach(out::writeLong);
    switch (question) {
      case Question.Scan(
              String view,
              Grain grain,
              String site,
              long from,
              long to,
              List<String> group) -> {
        out.writeByte(SCAN);
        out.writeString(view);
        out.writeByte(grain.ordinal());
        out.writeString(site);
        out.writeLong(from);
        out.writeLong(to);
        out.writeLong(group.size());
        group.forEach(out::writeString);
      }
      case Question.Kept(String view, String site) -> {
        out.writeByte(KEPT);
        out.writeString(view);
        out.writeString(site);
      }
    }
    return out.toBytes();
  }

  static Decoded<CellRequest> parse(byte[] bytes) {
    try {
      return new Decoded.Value<>(read(new ByteReader(bytes)));
    } catch (MalformedBytesException malformed) {
      return new Decoded.Malformed<>(String.valueOf(malformed.getMessage()));
    }
  }

  private static CellRequest read(ByteReader in) {
    if (in.readByte() != VERSION) {
      throw new MalformedBytesException("asked by another version of the program");
    }
    boolean mayBeCopies = in.readBoolean();
    var partitions = new ArrayList<Integer>();
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      partitions.add(in.readInt());
    }
    return new CellRequest(readQuestion(in), partitions, mayBeCopies);
  }

  private static Question readQuestion(ByteReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case SCAN ->
          new Question.Scan(
              in.readString(),
              readGrain(in),
              in.readString(),
              in.readLong(),
              in.readLong(),
              readGroup(in));
      case KEPT -> new Question.Kept(in.readString(), in.readString());
      default -> throw new MalformedBytesException("no question has the number " + kind);
    };
  }

  private static Grain readGrain(ByteReader in) {
    int grain = in.readByte();
    if (grain < 0 || grain >= Grain.values().length) {
      throw new MalformedBytesException("no grain has the number " + grain);
    }
    return Grain.values()[grain];
  }

  private static List<String> readGroup(ByteReader in) {
    var group = new ArrayList<String>();
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      group.add(in.readString());
    }
    return group;
  }
}
