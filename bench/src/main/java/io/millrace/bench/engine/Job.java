package io.millrace.bench.engine;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the process of a contender is told: read {@code click-events} of a namespace, write {@code
 * enriched-clicks} and {@code url-click-counts} there.
 *
 * @param stateFolder for whatever the program keeps
 * @param more what else the contender tells its own process
 */
public record Job(
    String bootstrapServers,
    Namespace namespace,
    Path stateFolder,
    int threads,
    List<String> more) {
  private static final int OWN_ARGUMENTS = 4;
  static final String URL_CLICK_COUNTS = "url-click-counts";

  public Job {
    more = List.copyOf(more);
  }

  /** The same with something else to tell. */
  Job with(String... arguments) {
    return new Job(bootstrapServers, namespace, stateFolder, threads, List.of(arguments));
  }

  List<String> arguments() {
    var arguments = new ArrayList<String>();
    arguments.add(bootstrapServers);
    arguments.add(namespace.name());
    arguments.add(stateFolder.toString());
    arguments.add(Integer.toString(threads));
    arguments.addAll(more);
    return arguments;
  }

  static Job parse(String[] arguments) {
    return new Job(
        arguments[0],
        new Namespace(arguments[1]),
        Path.of(arguments[2]),
        Integer.parseInt(arguments[3]),
        Arrays.asList(arguments).subList(OWN_ARGUMENTS, arguments.length));
  }

  String clicks() {
    return namespace.qualify(Topic.CLICK_EVENTS.localName());
  }

  String enriched() {
    return namespace.qualify(Topic.ENRICHED_CLICKS.localName());
  }

  String partials() {
    return namespace.qualify(Topic.ROLLUP_PARTIALS.localName());
  }

  String counts() {
    return namespace.qualify(URL_CLICK_COUNTS);
  }
}
