package io.millrace.model.control;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One definition of a view: its name, and a number that no other definition has. A view that is
 * defined anew is another generation, whose cells never mix with those of the former.
 *
 * @param view a lower-case letter and up to 62 of a-z, 0-9 and underscore
 * @param number above zero
 */
public record ViewGeneration(String view, long number) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern CELLS =
      Pattern.compile("(" + NAME.pattern() + ")@([1-9][0-9]{0,18})(?:/[a-z]+)?");

  /** Between the name and the number; no name of a view has it. */
  private static final char SEPARATOR = '@';

  public ViewGeneration {
    if (!NAME.matcher(view).matches()) {
      throw new IllegalArgumentException(
          "view: \""
              + view
              + "\" is not a lower-case letter and up to 62 of a-z, 0-9 and underscore");
    }
    if (number < 1) {
      throw new IllegalArgumentException("number: expected above zero, got " + number);
    }
  }

  /** The name that its cells are kept under, such as {@code pages@7}. */
  public String cells() {
    return view + SEPARATOR + number;
  }

  /** The name of the cells that hold from which offsets on the view has its events. */
  public String starts() {
    return cells() + "/starts";
  }

  /** Whose cells are kept under a name; empty for a view that was not defined by a command. */
  public static Optional<ViewGeneration> ofCells(String name) {
    if (name.indexOf(SEPARATOR) < 0) {
      return Optional.empty();
    }
    Matcher matcher = CELLS.matcher(name);
    try {
      return matcher.matches()
          ? Optional.of(new ViewGeneration(matcher.group(1), Long.parseLong(matcher.group(2))))
          : Optional.empty();
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }
}
