package io.millrace.query.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The files of one folder of the class path, read when first asked for and then kept. Safe for any
 * number of threads.
 *
 * <p>A path is looked up only when each of its parts begins with a letter, digit or underscore and
 * its extension is known, so that neither a parent folder nor a class file can be named.
 */
public final class StaticFiles {
  private static final Pattern PATH =
      Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*");
  private static final int LONGEST_PATH = 200;
  private static final Map<String, String> CONTENT_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private final String folder;
  private final UnaryOperator<byte[]> change;
  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  /** The files of a folder such as {@code /io/millrace/web/dashboard/}. */
  public StaticFiles(String folder) {
    this(folder, UnaryOperator.identity());
  }

  /** The files of a folder, changed in the same way when they are read. */
  public StaticFiles(String folder, UnaryOperator<byte[]> change) {
    if (!folder.startsWith("/") || !folder.endsWith("/")) {
      throw new IllegalArgumentException("folder: \"" + folder + "\" must be between slashes");
    }
    this.folder = folder;
    this.change = change;
  }

  /** The file at a path within the folder; empty when there is none that may be seen. */
  public Optional<StaticFile> file(String path) {
    StaticFile known = files.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    if (path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    Optional<StaticFile> read =
        contentType(path).flatMap(type -> bytes(path).map(bytes -> StaticFile.of(type, bytes)));
    read.ifPresent(file -> files.put(path, file));
    return read;
  }

  private static Optional<String> contentType(String path) {
    return Optional.ofNullable(CONTENT_TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
  }

  private Optional<byte[]> bytes(String path) {
    try (InputStream resource = StaticFiles.class.getResourceAsStream(folder + path)) {
      return resource == null
          ? Optional.empty()
          : Optional.of(change.apply(resource.readAllBytes()));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + folder + path, failure);
    }
  }
}
