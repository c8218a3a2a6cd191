package io.millrace.streams.rollup;

import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deletes the cells of views that were dropped or defined anew, in sweeps of bounded work. It walks
 * over the names that there are cells of, so it need not be told what is to be deleted, and goes on
 * after a restart. Belongs to one thread.
 */
final class GoneCells {
  /** Names of views begin with a lower-case letter. */
  private static final byte[] FIRST_NAME = {'a'};

  private static final byte[] BEYOND_NAMES = {'z' + 1};

  private final KeyValueStore<byte[], byte[]> store;
  private final CellCache cells;
  private final ViewDefinitions definitions;
  private byte[] position = FIRST_NAME;

  GoneCells(KeyValueStore<byte[], byte[]> store, CellCache cells, ViewDefinitions definitions) {
    this.store = store;
    this.cells = cells;
    this.definitions = definitions;
  }

  /** Begins anew, since something more may have gone. */
  void restart() {
    position = FIRST_NAME;
  }

  /**
   * Deletes cells of what is gone. To be called when everything that has changed was written.
   *
   * @param most cells to delete at once
   * @return whether there is more to do
   */
  boolean sweep(int most) {
    int left = most;
    Optional<String> name = nextName();
    while (name.isPresent()) {
      Optional<ViewGeneration> gone = goneOf(name.get());
      if (gone.isPresent()) {
        left -= delete(gone.get(), name.get(), left);
        if (left <= 0) {
          return true;
        }
      }
      position = end(name.get());
      name = nextName();
    }
    restart();
    return false;
  }

  private Optional<String> nextName() {
    try (KeyValueIterator<byte[], byte[]> keys = store.range(position, BEYOND_NAMES)) {
      return keys.hasNext() ? Optional.of(nameOf(keys.next().key)) : Optional.empty();
    }
  }

  private static String nameOf(byte[] key) {
    int length = 0;
    while (length < key.length && key[length] != 0) {
      length++;
    }
    return new String(key, 0, length, StandardCharsets.UTF_8);
  }

  private Optional<ViewGeneration> goneOf(String name) {
    return ViewGeneration.ofCells(name).filter(definitions.known().gone()::contains);
  }

  /**
   * Deletes what is kept under one name; first the marks, by which alone nobody would find them.
   */
  private int delete(ViewGeneration view, String name, int most) {
    byte[] firstMark = prefix(view.cells(), (byte) 0);
    byte[] beyondMarks = prefix(view.cells(), (byte) 1);
    int marks = cells.delete(firstMark, beyondMarks, most).size();
    if (marks == most) {
      return most;
    }
    List<byte[]> deleted = cells.delete(position, end(name), most - marks);
    if (marks + deleted.size() == most) {
      // The next sweep begins here, and not at the many deletions before.
      byte[] last = deleted.getLast();
      position = Arrays.copyOf(last, last.length + 1);
    }
    return marks + deleted.size();
  }

  /** The first key that is greater than all of a name. */
  private static byte[] end(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] end = Arrays.copyOf(text, text.length + 1);
    end[text.length] = 1;
    return end;
  }

  /** A zero, the name, and one more byte. */
  private static byte[] prefix(String name, byte last) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] prefix = new byte[text.length + 2];
    System.arraycopy(text, 0, prefix, 1, text.length);
    prefix[text.length + 1] = last;
    return prefix;
  }
}
