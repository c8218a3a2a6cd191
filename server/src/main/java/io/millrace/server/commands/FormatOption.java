package io.millrace.server.commands;

import io.millrace.server.sql.AnswerFormat;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a format. */
final class FormatOption implements ITypeConverter<AnswerFormat> {

  @Override
  public AnswerFormat convert(String text) {
    return Arrays.stream(AnswerFormat.values())
        .filter(format -> format.label().equals(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + all()));
  }

  private static String all() {
    return Arrays.stream(AnswerFormat.values())
        .map(AnswerFormat::label)
        .collect(Collectors.joining(", "));
  }
}
