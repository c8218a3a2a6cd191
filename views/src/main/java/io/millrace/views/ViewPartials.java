package io.millrace.views;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ByteWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The part of a {@link PartialTable} that is one view's. Belongs to one thread.
 *
 * <p>Looked up for every fact of every view, so a group is compared as the texts that facts have
 * anyway, whose hashes Java remembers; its bytes are written once, when the table is emptied.
 */
final class ViewPartials {
  private final KeptView view;
  private final ViewPlan plan;
  private final Grain grain;
  private final Dimension[] dimensions;
  private final Aggregate[] aggregates;
  private final boolean isPerSite;
  private final Map<Group, Cell> cells = new HashMap<>();
  private final Group probe;

  ViewPartials(KeptView view) {
    this.view = view;
    plan = view.plan();
    grain = plan.finestGrain();
    dimensions = plan.groupDimensions().toArray(Dimension[]::new);
    aggregates = plan.aggregates().toArray(Aggregate[]::new);
    isPerSite = plan.isPerSite();
    probe = new Group(0, "", new String[dimensions.length]);
  }

  KeptView view() {
    return view;
  }

  int size() {
    return cells.size();
  }

  void clear() {
    cells.clear();
  }

  Cell cell(Fact fact) {
    probe.windowStart = grain.windowStart(fact.time());
    probe.site = isPerSite ? fact.site() : "";
    for (int i = 0; i < dimensions.length; i++) {
      probe.values[i] = dimensions[i].text(fact);
    }
    probe.hash = probe.hashOfAll();
    Cell cell = cells.get(probe);
    if (cell == null) {
      cell = plan.emptyCell();
      cells.put(probe.copy(), cell);
    }
    return cell;
  }

  /** Whether the view is about a fact of its source. */
  boolean admits(Fact fact) {
    return plan.filter().admits(fact);
  }

  void add(Fact fact, Cell cell) {
    for (int i = 0; i < aggregates.length; i++) {
      if (aggregates[i].filter().admits(fact)) {
        aggregates[i].add(fact, cell.accumulator(i));
      }
    }
  }

  void remove(SessionFact fact, Cell cell) {
    for (int i = 0; i < aggregates.length; i++) {
      // A plan about sessions has no others.
      var aggregate = (Aggregate.Reversible) aggregates[i];
      if (aggregate.filter().admits(fact)) {
        aggregate.remove(fact, cell.accumulator(i));
      }
    }
  }

  /** Whether two facts are of one cell. */
  boolean isSameCell(Fact one, Fact other) {
    if (grain.windowStart(one.time()) != grain.windowStart(other.time())) {
      return false;
    }
    for (Dimension dimension : plan.dimensions()) {
      if (!dimension.text(one).equals(dimension.text(other))) {
        return false;
      }
    }
    return true;
  }

  void forEach(ByteWriter key, PartialTable.KeptReceiver receiver) {
    cells.forEach(
        (group, cell) -> {
          key.reset();
          CellKey.writePrefix(key, view.cells(), grain, group.site);
          CellKey.writeWindow(key, group.windowStart);
          for (String value : group.values) {
            CellKey.writeDimension(key, value);
          }
          receiver.accept(view, key, group.hashWithoutWindow(view.cells()), cell);
        });
  }

  /** One group of one window. */
  private static final class Group {
    private long windowStart;
    private String site;
    private final String[] values;
    private int hash;

    Group(long windowStart, String site, String[] values) {
      this.windowStart = windowStart;
      this.site = site;
      this.values = values;
    }

    Group copy() {
      var copy = new Group(windowStart, site, values.clone());
      copy.hash = hash;
      return copy;
    }

    int hashOfAll() {
      return hashOfGroup() * 31 + Long.hashCode(windowStart);
    }

    /** The same in every process: Java says how the hash of a text is computed. */
    int hashWithoutWindow(String view) {
      int group = view.hashCode() * 31 + hashOfGroup();
      group *= 0x9E3779B1;
      return group ^ (group >>> 16);
    }

    private int hashOfGroup() {
      int result = site.hashCode();
      for (String value : values) {
        result = 31 * result + value.hashCode();
      }
      return result;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Group same
          && hash == same.hash
          && windowStart == same.windowStart
          && site.equals(same.site)
          && Arrays.equals(values, same.values);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
