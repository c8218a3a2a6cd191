package io.millrace.model.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer with Avro's binary primitives, and the few fixed-width ones that ordered keys
 * need. Reusable after {@link #reset}; not for use by two threads.
 *
 * <p>Avro's own encoder would do for writing. Reading needs bounds that Avro's decoder checks only
 * after it has allocated (see {@link ByteReader}), and the two belong together. A test compares
 * every codec with Avro's generic reader and writer.
 */
public final class ByteWriter {
  private byte[] buffer;
  private int length;

  public ByteWriter() {
    this(512);
  }

  public ByteWriter(int capacity) {
    buffer = new byte[capacity];
  }

  public void reset() {
    length = 0;
  }

  public int length() {
    return length;
  }

  /** The buffer itself, of which the first {@link #length} bytes are written. */
  public byte[] buffer() {
    return buffer;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  public void writeByte(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
  }

  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /** Avro's int and long: zigzag, seven bits a byte, least significant first. */
  public void writeLong(long value) {
    reserve(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      buffer[length++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  /**
   * Eight bytes, most significant first, so that unsigned byte order is the order of the numbers
   * from 0 up.
   */
  public void writeFixedLong(long value) {
    writeFixed(value, Long.BYTES);
  }

  /** The last bytes of a number, 1 to 8, most significant first. */
  public void writeFixed(long value, int bytes) {
    reserve(bytes);
    for (int shift = Byte.SIZE * (bytes - 1); shift >= 0; shift -= Byte.SIZE) {
      buffer[length++] = (byte) (value >>> shift);
    }
  }

  /** Avro's string: its length in UTF-8 and the bytes. */
  public void writeString(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Avro's bytes: their number and themselves. */
  public void writeBytes(byte[] bytes) {
    writeLong(bytes.length);
    writeRaw(bytes);
  }

  /** The same of what another writer has. */
  public void writeBytes(ByteWriter bytes) {
    writeLong(bytes.length);
    writeRaw(bytes.buffer, 0, bytes.length);
  }

  public void writeRaw(byte[] bytes) {
    writeRaw(bytes, 0, bytes.length);
  }

  public void writeRaw(byte[] bytes, int offset, int count) {
    reserve(count);
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  private void reserve(int count) {
    if (buffer.length - length < count) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
    }
  }
}
