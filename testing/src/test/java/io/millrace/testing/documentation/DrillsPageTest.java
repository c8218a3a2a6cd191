package io.millrace.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.drill.Drill;
import io.millrace.server.drill.Drills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page names each drill, and says of it what the program says. */
class DrillsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "operations", "drills.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `((?!control-)[a-z][a-z-]+)` \\| (.+) \\|$");

  @Test
  void thePageListsTheDrills() throws IOException {
    assertThat(
            ROW.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2))))
        .containsExactlyInAnyOrderEntriesOf(
            Drills.all().stream().collect(Collectors.toMap(Drill::name, Drill::shows)));
  }
}
