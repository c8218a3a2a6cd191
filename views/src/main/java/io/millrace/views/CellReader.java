package io.millrace.views;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads the cells of views, all of them or not at all: where those of a partition cannot be had
 * just now, a reading fails. Who can do with less, and says so to whoever asked, takes {@link
 * #atBest}. Safe for any number of threads.
 */
public interface CellReader {

  /**
   * Hands over every cell of a view whose window starts within a span of time, in no particular
   * order of groups. The cell is the receiver's own to change.
   *
   * @param site empty for a view that is not kept per site
   * @param from first window start, in milliseconds since 1970
   * @param to end of the window starts; no longer included
   * @throws CellsUnavailableException while the cells are moving between processes or not yet there
   */
  void scan(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      BiConsumer<CellKey, Cell> receiver);

  /**
   * The same of one group alone. What it costs need not depend on the number of the other groups.
   *
   * @param group values of the first dimensions within the site
   */
  default void scanGroup(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      List<String> group,
      BiConsumer<CellKey, Cell> receiver) {
    scan(
        view,
        grain,
        site,
        from,
        to,
        (key, cell) -> {
          if (key.dimensions().subList(0, group.size()).equals(group)) {
            receiver.accept(key, cell);
          }
        });
  }

  /**
   * From when on the windows of a view and site are kept. What starts before may be handed over by
   * {@link #scan} all the same, and be incomplete. Later calls never tell of more.
   *
   * @param site empty for a view that is not kept per site
   * @throws CellsUnavailableException while the cells are moving between processes or not yet there
   */
  KeptSince keptSince(String view, String site);

  /**
   * The same cells for one answer that may lack some: of a partition that cannot be had just now a
   * copy is read, which may be behind, and where there is none the partition is left out. Never to
   * be used for what must be whole, such as the books.
   *
   * @param told takes what each reading lacked, before that reading returns
   */
  default CellReader atBest(Consumer<Completeness> told) {
    return this;
  }

  /**
   * A number that is another one, soon, whenever cells may have changed since it was asked for.
   * Asking costs nothing.
   */
  default long version() {
    return System.nanoTime();
  }
}
