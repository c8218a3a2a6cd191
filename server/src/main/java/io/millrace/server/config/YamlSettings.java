package io.millrace.server.config;

import io.millrace.server.report.SafeText;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the text of a file in YAML into values with their lines. Only the tree of nodes is made,
 * never an object of a class that the file names; sections and lists cannot be repeated by
 * reference, so that a small file stays small. Used by one thread, once.
 */
final class YamlSettings {
  private static final int LONGEST_SHOWN = 60;
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int DEEPEST = 10;

  private final String name;
  private final List<GivenValue> values = new ArrayList<>();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Map<String, Origin> seen = new HashMap<>();

  /**
   * @param name of the file, for messages
   */
  YamlSettings(String name) {
    this.name = name;
  }

  YamlSettings read(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(0);
    try {
      // Not by the class Yaml, which prepares for making objects as well.
      var parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
      Node root = new Composer(parser, new Resolver(), options).getSingleNode();
      if (root != null) {
        take("", root);
      }
    } catch (MarkedYAMLException unreadable) {
      // The message of the exception itself shows lines of the file, in which secrets may stand.
      int line = unreadable.getProblemMark() == null ? 1 : line(unreadable.getProblemMark());
      String what = Optional.ofNullable(unreadable.getProblem()).orElse("unreadable");
      problem(Origin.file(name, line), "", "not YAML: " + SafeText.of(what, 2 * LONGEST_SHOWN));
    } catch (YAMLException unreadable) {
      String what = Optional.ofNullable(unreadable.getMessage()).orElse("unreadable");
      problem(
          Origin.file(name, 1),
          "",
          "not YAML: " + SafeText.of(what.lines().findFirst().orElse(""), 2 * LONGEST_SHOWN));
    }
    return this;
  }

  List<GivenValue> values() {
    return values;
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  private void take(String key, Node node) {
    switch (node) {
      case MappingNode section -> section.getValue().forEach(entry -> take(key, entry));
      case ScalarNode scalar -> takeScalar(key, scalar);
      case SequenceNode list -> takeList(key, list);
      default -> problem(origin(node), key, "expected a value, a list or a section");
    }
  }

  private void take(String section, NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode name && !name.getValue().isBlank()) {
      String key = section.isEmpty() ? name.getValue() : section + '.' + name.getValue();
      take(key, entry.getValueNode());
    } else {
      problem(origin(entry.getKeyNode()), section, "expected the name of a setting");
    }
  }

  private void takeScalar(String key, ScalarNode scalar) {
    if (key.isEmpty()) {
      problem(origin(scalar), "", "expected settings such as \"http:\", not a lone value");
    } else if (!scalar.getTag().equals(Tag.NULL)) {
      // A name without a value is a section with everything commented out, or a setting not set.
      add(key, scalar.getValue(), scalar);
    }
  }

  private void takeList(String key, SequenceNode list) {
    var items = new StringJoiner(",");
    for (Node item : list.getValue()) {
      if (!(item instanceof ScalarNode scalar)) {
        problem(origin(item), key, "expected a list of values, without sections or lists in it");
        return;
      }
      items.add(scalar.getValue());
    }
    if (key.isEmpty()) {
      problem(origin(list), "", "expected settings such as \"http:\", not a list");
    } else {
      add(key, items.toString(), list);
    }
  }

  private void add(String key, String text, Node node) {
    Origin origin = origin(node);
    Origin first = seen.putIfAbsent(key, origin);
    if (first == null) {
      values.add(new GivenValue(key, text, origin));
    } else {
      problem(origin, key, "set before, at " + first.text());
    }
  }

  private Origin origin(Node node) {
    return Origin.file(name, line(node.getStartMark()));
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private void problem(Origin origin, String key, String message) {
    problems.add(ConfigProblem.at(origin, SafeText.of(key, LONGEST_SHOWN), message));
  }
}
