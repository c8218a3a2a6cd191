package io.millrace.streams.judge;

import io.millrace.model.Outcome;
import io.millrace.streams.session.SessionConfig;
import io.millrace.streams.session.SiteInactivity;
import io.millrace.views.DefinedViews;
import io.millrace.views.ViewPlan;
import java.util.List;
import java.util.function.Consumer;

/**
 * What stage 1 is made of; shared by its tasks, so every part is safe for any number of threads.
 *
 * @param sessions what a session is
 * @param inactivity what sites say that differs from it
 * @param definedViews those that are defined while it runs
 * @param rollupPartitions of the topic rollup-partials
 * @param outcomes is told each outcome, for metrics
 */
public record ClickStage(
    JudgeConfig config,
    SessionConfig sessions,
    SiteInactivity inactivity,
    ClickEnricher enricher,
    List<ViewPlan> views,
    DefinedViews definedViews,
    int rollupPartitions,
    Consumer<Outcome> outcomes) {
  /** Names of the sinks that the stage forwards to. */
  public static final String ENRICHED = "enriched";

  public static final String REJECTED = "rejected";
  public static final String PARTIALS = "partials";
  public static final String SESSIONS = "sessions";

  public ClickStage {
    views = List.copyOf(views);
  }

  /** A stage in which no views are defined but these. */
  public ClickStage(
      JudgeConfig config,
      SessionConfig sessions,
      SiteInactivity inactivity,
      ClickEnricher enricher,
      List<ViewPlan> views,
      int rollupPartitions,
      Consumer<Outcome> outcomes) {
    this(
        config,
        sessions,
        inactivity,
        enricher,
        views,
        DefinedViews.none(),
        rollupPartitions,
        outcomes);
  }

  /** The same, in which no site has sessions of its own kind either. */
  public ClickStage(
      JudgeConfig config,
      SessionConfig sessions,
      ClickEnricher enricher,
      List<ViewPlan> views,
      int rollupPartitions,
      Consumer<Outcome> outcomes) {
    this(config, sessions, SiteInactivity.USUAL, enricher, views, rollupPartitions, outcomes);
  }

  /** The same stage with views that are defined while it runs. */
  public ClickStage with(DefinedViews views) {
    return new ClickStage(
        config, sessions, inactivity, enricher, this.views, views, rollupPartitions, outcomes);
  }
}
