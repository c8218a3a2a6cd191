package io.millrace.streams.enrich;

import java.io.InputStream;

/** A file that is shipped with this package. */
final class Resource {
  private Resource() {}

  static InputStream open(String name) {
    InputStream in = Resource.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is missing from the program");
    }
    return in;
  }
}
