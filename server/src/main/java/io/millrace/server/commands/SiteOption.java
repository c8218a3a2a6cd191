package io.millrace.server.commands;

import io.millrace.model.SiteId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what people give as {@code --site}. */
final class SiteOption implements ITypeConverter<SiteId> {

  @Override
  public SiteId convert(String text) {
    if (!SiteId.isValid(text)) {
      throw new TypeConversionException(
          "'" + text + "' is not a host name of lower-case letters, digits, dots and hyphens");
    }
    return new SiteId(text);
  }
}
