package io.millrace.server.report;

/** The end of a report: whether the books balance. */
final class BooksText {
  private BooksText() {}

  static String of(Settlement settlement) {
    return switch (settlement) {
      case Settlement.Settled(Audit audit) -> books(audit);
      case Settlement.Unsettled(Audit audit) -> books(audit);
      case Settlement.Unknown(String reason) ->
          "\nBooks\n  not known: " + SafeText.of(reason, 200) + '\n';
    };
  }

  private static String books(Audit audit) {
    return "\nBooks\n  " + new AuditReport(audit).verdict() + '\n';
  }
}
