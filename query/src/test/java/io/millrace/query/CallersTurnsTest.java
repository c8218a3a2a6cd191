package io.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.query.access.Caller;
import io.millrace.query.access.Right;
import io.millrace.query.access.SiteScope;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallersTurnsTest {
  private static final Caller ADA = caller("a1");
  private static final Caller BOB = caller("b2");

  private static Caller caller(String id) {
    return new Caller(id, "same name", Set.of(Right.VIEW), SiteScope.every());
  }

  @Test
  void halfOfThoseThatRunAreTheMostOfOneToken() throws InterruptedException {
    var turns = new CallersTurns(4);
    CallersTurns.Place first = turns.enter(ADA, Duration.ZERO);
    turns.enter(ADA, Duration.ZERO);

    QueryException refused =
        catchThrowableOfType(QueryException.class, () -> turns.enter(ADA, Duration.ZERO));

    assertThat(refused.code()).isEqualTo(QueryErrorCode.TOO_MANY_REQUESTS);
    assertThat(turns.enter(BOB, Duration.ZERO)).isNotNull();
    first.close();
    assertThat(turns.enter(ADA, Duration.ZERO)).isNotNull();
  }

  @Test
  void whereOneQueryRunsAtATimeItMayBeAnyones() throws InterruptedException {
    assertThat(new CallersTurns(1).enter(ADA, Duration.ZERO)).isNotNull();
  }

  @Test
  void thoseThatWaitAreBoundedAndForgottenWhenTheyHaveWaited() throws InterruptedException {
    var turns = new CallersTurns(2 * CallersTurns.MOST_OF_ONE + 2);
    var places = new ArrayList<CallersTurns.Place>();
    for (int i = 0; i < CallersTurns.MOST_OF_ONE; i++) {
      places.add(turns.enter(ADA, Duration.ZERO));
    }

    assertThat(catchThrowableOfType(QueryException.class, () -> turns.enter(ADA, Duration.ZERO)))
        .hasMessageContaining("running or waiting");

    places.forEach(CallersTurns.Place::close);
    assertThat(turns.enter(ADA, Duration.ZERO)).isNotNull();
  }

  @Test
  void whereNobodyIsAskedWhoTheyAreAllTurnsAreEverybodys() throws InterruptedException {
    var turns = new CallersTurns(1);
    for (int i = 0; i < 2 * CallersTurns.MOST_OF_ONE; i++) {
      assertThat(turns.enter(Caller.ANYONE, Duration.ZERO)).isNotNull();
    }
  }
}
