package io.millrace.bench;

import io.millrace.bench.engine.ArticleProgram;
import io.millrace.bench.engine.CombinerProgram;
import io.millrace.bench.engine.Contender;
import io.millrace.bench.engine.FlinkSql;
import io.millrace.bench.engine.Floor;
import io.millrace.bench.engine.Format;
import io.millrace.bench.engine.Whole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Who takes part in the comparison of engines, in the order of the table. */
final class EngineContenders {
  private EngineContenders() {}

  static List<Contender> all(String flinkCheckpoints, String flinkState) {
    Path flink = Path.of(System.getProperty("millrace.bench.flink", "bench/flink/target"));
    return List.of(
        Floor.of(Format.JSON),
        Floor.of(Format.AVRO),
        new Floor(Format.JSON, Floor.Parsing.BYTES),
        new ArticleProgram(false),
        new ArticleProgram(true),
        new FlinkSql(flink, 1, flinkCheckpoints, FlinkSql.ON_HEAP),
        new CombinerProgram(),
        new Whole(0),
        new Whole(1),
        new FlinkSql(flink, 10, flinkCheckpoints, flinkState),
        new Whole(10),
        new Whole(50));
  }

  /** Those that are wanted and can be run here; says of the others why not. */
  static List<Contender> chosen(List<Contender> all, Predicate<Contender> wanted, Report report) {
    var chosen = new ArrayList<Contender>();
    for (Contender contender : all) {
      if (wanted.test(contender)) {
        contender
            .obstacle()
            .ifPresentOrElse(
                obstacle -> report.step("engine: without " + contender.name() + ", " + obstacle),
                () -> chosen.add(contender));
      }
    }
    return chosen;
  }
}
