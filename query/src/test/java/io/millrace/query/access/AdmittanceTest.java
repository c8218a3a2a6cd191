package io.millrace.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmittanceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final SiteScope DEMO = new SiteScope.Only(Set.of("demo"));
  private static final Caller ADA = new Caller("a1", "ada", Set.of(Right.VIEW), DEMO);

  private Caller current = ADA;
  private boolean isRevoked;
  private long nanos = -SECOND;
  private int looks;
  private final Admittance admittance = new Admittance(ADA, this::ask, () -> nanos);

  private Caller ask() {
    looks++;
    if (isRevoked) {
      throw new QueryException(QueryErrorCode.UNAUTHENTICATED, "this token was revoked");
    }
    return current;
  }

  @Test
  void looksOnceASecond() {
    for (int i = 0; i < 100; i++) {
      nanos += SECOND / 10;
      assertThat(admittance.lasts()).isTrue();
    }

    assertThat(looks).isEqualTo(10);
  }

  @Test
  void endsWithTheTokenAndDoesNotComeBack() {
    isRevoked = true;
    assertThat(admittance.lasts()).isTrue();

    nanos += SECOND;
    assertThat(admittance.lasts()).isFalse();

    isRevoked = false;
    nanos += SECOND;
    assertThat(admittance.lasts()).isFalse();
  }

  @Test
  void endsWhenRightsOrSitesAreOthers() {
    nanos += SECOND;
    current = new Caller("a1", "ada", Set.of(Right.VIEW), SiteScope.every());

    assertThat(admittance.lasts()).isFalse();
  }
}
