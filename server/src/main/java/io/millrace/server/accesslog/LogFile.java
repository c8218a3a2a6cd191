package io.millrace.server.accesslog;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An access log on disk, read line by line. Whether it is compressed is told by its first two
 * bytes, not by its name; several gzip members in a row, as log rotation with {@code cat} makes
 * them, are one log.
 *
 * <p>For one thread.
 */
final class LogFile implements AutoCloseable {
  private static final int GZIP_MAGIC_FIRST = 0x1f;
  private static final int GZIP_MAGIC_SECOND = 0x8b;
  private static final int READ_AHEAD = 64 * 1024;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final LineReader lines;

  private LogFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.lines = new LineReader(inflated(Channels.newInputStream(channel)));
  }

  static LogFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new LogFile(path, channel);
    } catch (IOException | RuntimeException unreadable) {
      channel.close();
      throw unreadable;
    }
  }

  /** The next line, or empty at the end; throws if the file is damaged, saying where. */
  Optional<RawLine> next() throws IOException {
    try {
      return lines.next();
    } catch (EOFException cutOff) {
      throw new IOException(damaged("ends in the middle of its compressed data"), cutOff);
    } catch (ZipException corrupt) {
      throw new IOException(damaged("has damaged compressed data"), corrupt);
    }
  }

  /** How many bytes of the file, as it lies on disk, were read so far, including a read-ahead. */
  long bytesRead() throws IOException {
    return channel.position();
  }

  /** How many lines were read so far. */
  long linesRead() {
    return lines.lines();
  }

  /** The size of the file on disk when it was opened. */
  long size() {
    return size;
  }

  private String damaged(String how) {
    return "%s %s, after line %,d".formatted(path, how, lines.lines());
  }

  private static InputStream inflated(InputStream file) throws IOException {
    var buffered = new BufferedInputStream(file, READ_AHEAD);
    buffered.mark(2);
    boolean gzip = buffered.read() == GZIP_MAGIC_FIRST && buffered.read() == GZIP_MAGIC_SECOND;
    buffered.reset();
    return gzip ? new GZIPInputStream(buffered, READ_AHEAD) : buffered;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
