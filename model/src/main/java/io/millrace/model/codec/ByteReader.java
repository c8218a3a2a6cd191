package io.millrace.model.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} writes, from bytes that anyone may have sent: a length is compared
 * with what is left before anything is allocated for it. Not for use by two threads.
 */
public final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public ByteReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  public byte readByte() {
    require(1);
    return bytes[position++];
  }

  public boolean readBoolean() {
    byte value = readByte();
    if (value != 0 && value != 1) {
      throw new MalformedBytesException("a boolean is " + value);
    }
    return value == 1;
  }

  public long readLong() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte part = readByte();
      value |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new MalformedBytesException("a number is longer than ten bytes");
  }

  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw new MalformedBytesException("a number is outside of 32 bits");
    }
    return (int) value;
  }

  public long readFixedLong() {
    require(Long.BYTES);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (bytes[position++] & 0xFF);
    }
    return value;
  }

  public String readString() {
    int length = readLength();
    // Most texts of an event are absent.
    if (length == 0) {
      return "";
    }
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  public byte[] readBytes() {
    return readRaw(readLength());
  }

  public byte[] readRaw(int length) {
    require(length);
    byte[] part = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return part;
  }

  public int readLength() {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new MalformedBytesException(
          "a length of " + length + " where " + remaining() + " bytes are left");
    }
    return (int) length;
  }

  private void require(int count) {
    if (remaining() < count) {
      throw new MalformedBytesException("the bytes end too early");
    }
  }
}
