package io.millrace.model.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The frame of Avro's single-object encoding: two marker bytes, the schema's CRC-64-AVRO
 * fingerprint with its least significant byte first, then the datum. (Avro specification 1.12,
 * "Single-object encoding".)
 *
 * <p>Records outlive the program that wrote them, so a frame knows the earlier schemas of its
 * record as well. Fields are only ever added at the end: what a reader of bytes of an earlier
 * schema has to know is how many of the last fields are not there.
 */
final class SingleObject {
  private static final byte MARKER_0 = (byte) 0xC3;
  private static final byte MARKER_1 = 0x01;
  static final int HEADER_LENGTH = 10;

  /** What {@link #readHeader} answers for bytes of the schema of today. */
  static final int CURRENT = 0;

  private final Schema schema;
  private final byte[] header = new byte[HEADER_LENGTH];

  /** As they stand in a header, of the schema of today and of the ones before, latest first. */
  private final long[] fingerprints;

  private SingleObject(Schema schema, List<Schema> earlier) {
    this.schema = schema;
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    header[0] = MARKER_0;
    header[1] = MARKER_1;
    for (int i = 0; i < Long.BYTES; i++) {
      header[2 + i] = (byte) (fingerprint >>> (8 * i));
    }
    fingerprints =
        Stream.concat(Stream.of(schema), earlier.stream())
            .mapToLong(known -> Long.reverseBytes(SchemaNormalization.parsingFingerprint64(known)))
            .toArray();
  }

  /** The frame of the schema in a resource of this project, after those that it refers to. */
  static SingleObject ofResources(String... names) {
    return new SingleObject(parse(names), List.of());
  }

  /** The same, which also reads what was written with the schema in these resources. */
  SingleObject andBefore(String... names) {
    return new SingleObject(schema, List.of(parse(names)));
  }

  private static Schema parse(String... names) {
    var parser = new Schema.Parser();
    Schema schema = null;
    for (String name : names) {
      try (InputStream resource =
          SingleObject.class.getResourceAsStream("/io/millrace/model/" + name)) {
        if (resource == null) {
          throw new IllegalStateException("the schema " + name + " is missing from the program");
        }
        schema = parser.parse(resource);
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot read the schema " + name, failure);
      }
    }
    if (schema == null) {
      throw new IllegalArgumentException("names: expected at least one");
    }
    return schema;
  }

  Schema schema() {
    return schema;
  }

  void writeHeader(ByteWriter out) {
    out.writeRaw(header);
  }

  /**
   * Reads the header, and says with which schema the rest was written: {@link #CURRENT}, or by how
   * many it is older.
   */
  int readHeader(ByteReader in) {
    if (in.remaining() < HEADER_LENGTH) {
      throw new MalformedBytesException("shorter than the header of an Avro single object");
    }
    if (in.readByte() != MARKER_0 || in.readByte() != MARKER_1) {
      throw new MalformedBytesException("not an Avro single object");
    }
    long fingerprint = in.readFixedLong();
    for (int age = 0; age < fingerprints.length; age++) {
      if (fingerprints[age] == fingerprint) {
        return age;
      }
    }
    throw new MalformedBytesException("written with a schema other than " + schema.getName());
  }
}
