package io.millrace.server.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a record looks like as a section of a configuration: its components in their order, each a
 * setting or a section of its own. Made from the record itself, so that nothing is listed twice.
 *
 * @param prefix of the keys; empty, or ending with a dot
 */
record SectionShape(String prefix, Class<? extends Record> type, List<Part> parts) {

  /** One component. */
  sealed interface Part {
    /** The name of the component as it is written. */
    String name();

    /** The value that holds where nothing is set. */
    Object standard();
  }

  /** A component with a value of its own. */
  record Leaf(String name, Object standard, Setting setting) implements Part {}

  /** A component that is a record with settings. */
  record Section(String name, Record standard, SectionShape shape) implements Part {}

  /** The connection to Kafka, whose settings have Kafka's names. */
  record Connection(String name, Object standard, List<Setting> settings) implements Part {}

  static SectionShape of(String prefix, Record defaults) {
    var parts = new ArrayList<Part>();
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      parts.add(part(prefix, component, value(defaults, component)));
    }
    return new SectionShape(prefix, defaults.getClass(), parts);
  }

  private static Part part(String prefix, RecordComponent component, Object standard) {
    String name = name(component);
    Optional<SettingType<?>> type = SettingType.of(component.getGenericType());
    if (type.isPresent()) {
      String text = type.get().write(standard);
      return new Leaf(name, standard, new Setting(prefix + name, type.get(), text));
    }
    return switch (standard) {
      case KafkaConnection connection ->
          new Connection(name, connection, connectionSettings(prefix + name + '.'));
      case Record section -> new Section(name, section, of(prefix + name + '.', section));
      default ->
          throw new IllegalStateException(
              "No setting can be made of " + component + " of " + component.getDeclaringRecord());
    };
  }

  private static List<Setting> connectionSettings(String prefix) {
    return Arrays.stream(KafkaSetting.values())
        .map(
            setting ->
                new Setting(prefix + setting.key(), SettingType.text(setting.isSecret()), ""))
        .toList();
  }

  /** {@code maxEventBytes} is written {@code max-event-bytes}. */
  private static String name(RecordComponent component) {
    return dashed(component.getName());
  }

  static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Object value(Record values, RecordComponent component) {
    try {
      return component.getAccessor().invoke(values);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("the components of a public record are public", impossible);
    }
  }

  /** All settings of it and of its sections, in their order. */
  List<Setting> settings() {
    var settings = new ArrayList<Setting>();
    for (Part part : parts) {
      switch (part) {
        case Leaf leaf -> settings.add(leaf.setting());
        case Section section -> settings.addAll(section.shape().settings());
        case Connection connection -> settings.addAll(connection.settings());
      }
    }
    return settings;
  }

  /**
   * A record of this shape.
   *
   * @throws IllegalArgumentException with the record's own words, where the values cannot be
   */
  Record create(List<Object> values) {
    try {
      return canonicalConstructor().newInstance(values.toArray());
    } catch (InvocationTargetException refusal) {
      if (refusal.getCause() instanceof IllegalArgumentException cannotBe) {
        throw cannotBe;
      }
      throw new IllegalStateException("Cannot make a " + type.getName(), refusal.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("the constructor of a public record is public", impossible);
    }
  }

  private Constructor<? extends Record> canonicalConstructor() throws NoSuchMethodException {
    return type.getConstructor(
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new));
  }
}
