package io.millrace.model.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The frame of Avro's single-object encoding: two marker bytes, the schema's CRC-64-AVRO
 * fingerprint with its least significant byte first, then the datum. (Avro specification 1.12,
 * "Single-object encoding".)
 */
final class SingleObject {
  private static final byte MARKER_0 = (byte) 0xC3;
  private static final byte MARKER_1 = 0x01;
  static final int HEADER_LENGTH = 10;

  private final Schema schema;
  private final byte[] header = new byte[HEADER_LENGTH];

  private SingleObject(Schema schema) {
    this.schema = schema;
    header[0] = MARKER_0;
    header[1] = MARKER_1;
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    for (int i = 0; i < Long.BYTES; i++) {
      header[2 + i] = (byte) (fingerprint >>> (8 * i));
    }
  }

  /** The frame of the schema in a resource of this project, after those that it refers to. */
  static SingleObject ofResources(String... names) {
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
    return new SingleObject(schema);
  }

  Schema schema() {
    return schema;
  }

  void writeHeader(ByteWriter out) {
    out.writeRaw(header);
  }

  void readHeader(ByteReader in) {
    if (in.remaining() < HEADER_LENGTH) {
      throw new MalformedBytesException("shorter than the header of an Avro single object");
    }
    if (in.readByte() != MARKER_0 || in.readByte() != MARKER_1) {
      throw new MalformedBytesException("not an Avro single object");
    }
    for (int i = 2; i < HEADER_LENGTH; i++) {
      if (in.readByte() != header[i]) {
        throw new MalformedBytesException("written with a schema other than " + schema.getName());
      }
    }
  }
}
