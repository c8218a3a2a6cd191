package io.millrace.server.config;

import io.millrace.collector.sender.AddressBlock;
import io.millrace.collector.sender.TrustedProxies;
import io.millrace.model.Namespace;
import io.millrace.server.instance.Role;
import io.millrace.streams.GroupProtocol;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How values of one type are written in a configuration. Pure.
 *
 * @param reading throws {@link IllegalArgumentException} with what is expected
 * @param writing gives a text that is read as the same value; empty for none
 * @param secret whether values are never shown
 */
record SettingType<T>(Function<String, T> reading, Function<T, String> writing, boolean secret) {

  private static final Map<String, SettingType<?>> BY_NAME = new HashMap<>();

  static {
    plain("int", text -> (int) number(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
    plain("short", text -> (short) number(text, Short.MIN_VALUE, Short.MAX_VALUE));
    plain("long", text -> number(text, Long.MIN_VALUE, Long.MAX_VALUE));
    plain("boolean", SettingType::truth);
    plain(String.class.getName(), Function.identity());
    plain(Path.class.getName(), SettingType::path);
    put(Duration.class.getName(), DurationText::parse, DurationText::of);
    put(Namespace.class.getName(), Namespace::new, Namespace::name);
    put(TrustedProxies.class.getName(), SettingType::proxies, SettingType::proxiesText);
    BY_NAME.put(GroupProtocol.class.getName(), choice(GroupProtocol.class));
    BY_NAME.put(setOf(Role.class), choices(Role.class));
    optional(String.class, Function.identity(), Function.identity(), false);
    optional(Path.class, SettingType::path, Path::toString, false);
    optional(AdvertisedUrl.class, AdvertisedUrl::parse, AdvertisedUrl::toString, false);
    optional(Duration.class, DurationText::parse, DurationText::of, false);
    optional(Secret.class, Secret::new, Secret::value, true);
  }

  /** How values of a component's type are written; empty where they are sections of their own. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // No type says that a class is one of an enum.
  static Optional<SettingType<?>> of(Type type) {
    if (type instanceof Class<?> plain && plain.isEnum()) {
      return Optional.of(choice(plain.asSubclass(Enum.class)));
    }
    return Optional.ofNullable(BY_NAME.get(type.getTypeName()));
  }

  /** Any text, such as the value of one of Kafka's settings. */
  static SettingType<String> text(boolean secret) {
    return new SettingType<>(Function.identity(), Function.identity(), secret);
  }

  /** What a value of this type is written as. */
  @SuppressWarnings("unchecked") // The caller has the value from a component of this type.
  String write(Object value) {
    return writing.apply((T) value);
  }

  private static <T> void plain(String type, Function<String, T> reading) {
    put(type, reading, String::valueOf);
  }

  private static <T> void put(
      String type, Function<String, T> reading, Function<T, String> writing) {
    BY_NAME.put(type, new SettingType<>(reading, writing, false));
  }

  private static <T> void optional(
      Class<T> type, Function<String, T> reading, Function<T, String> writing, boolean secret) {
    BY_NAME.put(
        Optional.class.getName() + '<' + type.getName() + '>',
        new SettingType<Optional<T>>(
            text -> text.isEmpty() ? Optional.empty() : Optional.of(reading.apply(text)),
            value -> value.map(writing).orElse(""),
            secret));
  }

  private static String setOf(Class<?> type) {
    return Set.class.getName() + '<' + type.getName() + '>';
  }

  private static long number(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("expected a whole number", notANumber);
    }
    throw new IllegalArgumentException("expected a whole number up to " + most);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("expected a path");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException noPath) {
      throw new IllegalArgumentException("expected a path", noPath);
    }
  }

  private static List<String> items(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** As {@code behind-proxy} of {@code BEHIND_PROXY}. */
  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, String expected, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> label(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("expected " + expected + " " + labels(type)));
  }

  private static <E extends Enum<E>> String labels(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(SettingType::label)
        .collect(Collectors.joining(", "));
  }

  private static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
    return new SettingType<>(text -> oneOf(type, "one of", text), SettingType::label, false);
  }

  private static <E extends Enum<E>> SettingType<Set<E>> choices(Class<E> type) {
    return new SettingType<>(
        text -> {
          Set<E> chosen = EnumSet.noneOf(type);
          items(text).forEach(item -> chosen.add(oneOf(type, "some of", item)));
          return chosen;
        },
        chosen -> chosen.stream().sorted().map(SettingType::label).collect(Collectors.joining(",")),
        false);
  }

  private static TrustedProxies proxies(String text) {
    return new TrustedProxies(items(text).stream().map(AddressBlock::parse).toList());
  }

  private static String proxiesText(TrustedProxies proxies) {
    return proxies.blocks().stream()
        .map(block -> block.start().getHostAddress() + '/' + block.prefixLength())
        .collect(Collectors.joining(","));
  }
}
