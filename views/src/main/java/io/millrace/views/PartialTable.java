package io.millrace.views;

import io.millrace.model.cell.Cell;
import io.millrace.model.codec.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been contributed to the cells of all views since the table was last emptied. Of a view's
 * windows only the shortest are here; the longer ones are made of these where cells are merged.
 * Belongs to one thread.
 */
public final class PartialTable {
  private final List<ViewPartials> views = new ArrayList<>();
  private final ByteWriter key = new ByteWriter(256);
  private int size;

  /** One of views that are there from the beginning. */
  public PartialTable(List<ViewPlan> plans) {
    plans.forEach(plan -> add(KeptView.builtIn(plan)));
  }

  /** One of no views yet. */
  public PartialTable() {}

  /** Takes a further view, for a {@link Rollup} that is made from now on. */
  public void add(KeptView view) {
    views.add(new ViewPartials(view));
  }

  /** Forgets a view, and what has been contributed to it. */
  public void remove(String cells) {
    for (ViewPartials view : views) {
      if (view.view().cells().equals(cells)) {
        size -= view.size();
      }
    }
    views.removeIf(view -> view.view().cells().equals(cells));
  }

  List<ViewPartials> of(Source source) {
    return views.stream().filter(view -> view.view().plan().source() == source).toList();
  }

  /** The cell of a fact, made when there is none yet. */
  Cell cell(ViewPartials view, Fact fact) {
    int before = view.size();
    Cell cell = view.cell(fact);
    size += view.size() - before;
    return cell;
  }

  /** How many cells of all views. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public void forEach(Receiver receiver) {
    forEachKept((view, key, groupHash, cell) -> receiver.accept(view.plan(), key, groupHash, cell));
  }

  /** The cells of each view one after the other, with the names that they are kept under. */
  public void forEachKept(KeptReceiver receiver) {
    views.forEach(view -> view.forEach(key, receiver));
  }

  public void clear() {
    views.forEach(ViewPartials::clear);
    size = 0;
  }

  /** Takes one cell of the table. */
  @FunctionalInterface
  public interface Receiver {

    /**
     * Takes a cell.
     *
     * @param key a {@link io.millrace.model.cell.CellKey} as bytes; written over afterwards
     * @param groupHash equal for all windows of a group, so that its series can be kept in one
     *     place
     */
    void accept(ViewPlan view, ByteWriter key, int groupHash, Cell partial);
  }

  /** Takes one cell of the table, as {@link Receiver} does. */
  @FunctionalInterface
  public interface KeptReceiver {
    void accept(KeptView view, ByteWriter key, int groupHash, Cell partial);
  }
}
