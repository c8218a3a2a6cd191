package io.millrace.server.instance;

import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewGeneration;
import io.millrace.ops.ControlHistory;
import io.millrace.ops.ControlLog;
import io.millrace.ops.OperationsException;
import io.millrace.streams.backfill.RecentClicks;
import io.millrace.streams.table.TableTopics;
import io.millrace.views.BackfillProgress;
import io.millrace.views.DefinitionsUnavailableException;
import io.millrace.views.JudgedClick;
import io.millrace.views.ViewControl;
import io.millrace.views.table.ReferenceTables;
import io.millrace.views.table.TablePlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Defines views by the topic control. */
record ControlledViews(
    ControlLog control,
    ReferenceTables tables,
    TableTopics topics,
    Function<ViewGeneration, Optional<BackfillProgress>> backfills,
    RecentClicks clicks)
    implements ViewControl {

  @Override
  public Optional<String> obstacle(TablePlan plan) {
    return topics.obstacle(plan);
  }

  @Override
  public void append(ControlCommand command) {
    append(command, ControlHistory.BY_ITSELF);
  }

  @Override
  public void append(ControlCommand command, String by) {
    try {
      control.append(command, by);
    } catch (OperationsException unavailable) {
      throw new DefinitionsUnavailableException(
          String.valueOf(unavailable.getMessage()), unavailable);
    }
  }

  @Override
  public Optional<BackfillProgress> progress(ViewGeneration view) {
    return backfills.apply(view);
  }

  @Override
  public List<JudgedClick> latest(int atMost) {
    return clicks.latest(atMost);
  }
}
