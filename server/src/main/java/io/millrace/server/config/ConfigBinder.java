package io.millrace.server.config;

import io.millrace.server.config.SectionShape.Connection;
import io.millrace.server.config.SectionShape.Leaf;
import io.millrace.server.config.SectionShape.Section;
import io.millrace.server.report.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes records of values, and finds all that is wrong with them. A record refuses one thing at a
 * time; so what it refuses goes back to its default and the record is tried again, until it can be,
 * or refuses what nobody set. Used by one thread, once.
 */
final class ConfigBinder {
  private static final int LONGEST_SHOWN = 80;

  private final GivenValues given;
  private final List<ConfigProblem> problems = new ArrayList<>();

  ConfigBinder(GivenValues given) {
    this.given = given;
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  /** A record of this shape; where there are problems, something else than what was meant. */
  Record bind(SectionShape shape, Record standard) {
    var values = new ArrayList<Object>();
    for (SectionShape.Part part : shape.parts()) {
      values.add(
          switch (part) {
            case Leaf leaf -> read(leaf);
            case Section section -> bind(section.shape(), section.standard());
            case Connection connection -> connect(connection);
          });
    }
    return create(shape, values).orElse(standard);
  }

  private Object read(Leaf leaf) {
    Setting setting = leaf.setting();
    Optional<GivenValue> value = given.get(setting.key());
    if (value.isEmpty()) {
      return leaf.standard();
    }
    String text = setting.isSecret() ? value.get().text() : value.get().text().strip();
    try {
      return setting.type().reading().apply(text);
    } catch (IllegalArgumentException unreadable) {
      problems.add(ConfigProblem.at(value.get(), complaint(setting, text, unreadable)));
      return leaf.standard();
    }
  }

  private static String complaint(Setting setting, String text, RuntimeException unreadable) {
    String message = String.valueOf(unreadable.getMessage());
    if (setting.isSecret()) {
      return "cannot be used; it is not shown, being secret";
    }
    return message.startsWith("expected")
        ? message + ", got \"" + SafeText.of(text, LONGEST_SHOWN) + '"'
        : SafeText.of(withoutKey(message), 2 * LONGEST_SHOWN);
  }

  private static String withoutKey(String message) {
    int colon = message.indexOf(": ");
    return colon < 0 || message.indexOf(' ') < colon ? message : message.substring(colon + 2);
  }

  private Optional<Record> create(SectionShape shape, List<Object> values) {
    Set<Integer> undone = new HashSet<>();
    while (true) {
      try {
        return Optional.of(shape.create(values));
      } catch (IllegalArgumentException refusal) {
        String message = String.valueOf(refusal.getMessage());
        int blamed = blamed(shape, message);
        if (blamed < 0) {
          problems.add(new ConfigProblem(section(shape), shown(message), Optional.empty()));
          return Optional.empty();
        }
        SectionShape.Part part = shape.parts().get(blamed);
        boolean isNew = undone.add(blamed);
        // Where a default is refused, the reason is another value, which has been told already.
        if (isNew && (isGiven(part) || undone.size() == 1)) {
          problems.add(refused(shape.prefix() + part.name(), message));
        }
        if (!isNew) {
          return Optional.empty();
        }
        values.set(blamed, part.standard());
      }
    }
  }

  private boolean isGiven(SectionShape.Part part) {
    return part instanceof Leaf leaf && given.get(leaf.setting().key()).isPresent();
  }

  private ConfigProblem refused(String key, String message) {
    return new ConfigProblem(
        key, shown(withoutKey(message)), given.get(key).map(GivenValue::origin));
  }

  private static String section(SectionShape shape) {
    return shape.prefix().isEmpty() ? "" : shape.prefix().substring(0, shape.prefix().length() - 1);
  }

  private static String shown(String message) {
    return SafeText.of(message, 3 * LONGEST_SHOWN);
  }

  /** Which component a message begins with; -1 where it is none. */
  private static int blamed(SectionShape shape, String message) {
    int colon = message.indexOf(':');
    String name = colon < 0 ? "" : SectionShape.dashed(message.substring(0, colon));
    if (name.startsWith(shape.prefix())) {
      name = name.substring(shape.prefix().length());
    }
    for (int index = 0; index < shape.parts().size(); index++) {
      if (shape.parts().get(index).name().equals(name)) {
        return index;
      }
    }
    return -1;
  }

  private Object connect(Connection connection) {
    String prefix = connection.name() + '.';
    Map<String, String> settings = new HashMap<>();
    for (Setting setting : connection.settings()) {
      given
          .get(setting.key())
          .ifPresent(value -> settings.put(setting.key().substring(prefix.length()), value.text()));
    }
    try {
      return KafkaConnection.of(settings);
    } catch (IllegalArgumentException refused) {
      String.valueOf(refused.getMessage())
          .lines()
          .forEach(
              line -> {
                String key = prefix + line.substring(0, Math.max(0, line.indexOf(':')));
                problems.add(refused(key, line));
              });
      return connection.standard();
    }
  }
}
