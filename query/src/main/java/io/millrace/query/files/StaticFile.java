package io.millrace.query.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * A file in memory, as it is and compressed, each with a tag that changes when the bytes do.
 *
 * @param compressed by gzip; the plain bytes where that saves nothing
 */
public record StaticFile(String contentType, byte[] plain, byte[] compressed, String tag) {
  private static final int TAG_BYTES = 12;

  public static StaticFile of(String contentType, byte[] plain) {
    byte[] compressed = compress(plain);
    return new StaticFile(
        contentType, plain, compressed.length < plain.length ? compressed : plain, tag(plain));
  }

  public boolean isWorthCompressing() {
    return compressed.length < plain.length;
  }

  /** The entity tag of one of the two forms, with its quotes. */
  public String tag(boolean isCompressed) {
    return '"' + tag + (isCompressed ? "-gzip" : "") + '"';
  }

  private static byte[] compress(byte[] plain) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException("cannot write to memory", impossible);
    }
    return out.toByteArray();
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}
