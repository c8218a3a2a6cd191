package io.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.query.access.Caller;
import io.millrace.query.access.Right;
import io.millrace.query.access.SiteScope;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BodiesTest {
  private static final int PIECE = 16 << 10;
  private static final int LONGEST = 100_000;
  private static final Caller ADA = caller("a1");
  private static final Caller BOB = caller("b2");

  private final Bodies bodies = new Bodies(8 * PIECE);

  private static Caller caller(String id) {
    return new Caller(id, id, Set.of(Right.QUERY), SiteScope.every());
  }

  private Bodies.Body read(int length, Caller caller) {
    return bodies.read(new ByteArrayInputStream(new byte[length]), caller, LONGEST);
  }

  private QueryErrorCode refused(int length, Caller caller) {
    return catchThrowableOfType(QueryException.class, () -> read(length, caller)).code();
  }

  @Test
  void readsBodiesOfAnyLength() {
    for (int length : new int[] {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE}) {
      try (Bodies.Body body = read(length, ADA)) {
        assertThat(body.bytes()).hasSize(length);
      }
      assertThat(bodies.held()).isZero();
    }
  }

  @Test
  void readsNoMoreThanIsNeededToSeeThatABodyIsTooLong() {
    try (Bodies.Body body = bodies.read(new ByteArrayInputStream(new byte[500]), ADA, 100)) {
      assertThat(body.bytes()).hasSize(101);
    }
  }

  @Test
  void oneTokenTakesHalfAndAllTogetherNoMoreThanThereIs() {
    Bodies.Body first = read(3 * PIECE - 1, ADA);

    assertThat(refused(2 * PIECE, ADA)).isEqualTo(QueryErrorCode.TOO_MANY_REQUESTS);
    assertThat(refused(6 * PIECE, Caller.ANYONE)).isEqualTo(QueryErrorCode.TOO_BUSY);
    assertThat(read(4 * PIECE - 1, BOB).bytes()).isNotEmpty();

    first.close();
    assertThat(read(4 * PIECE - 1, ADA).bytes()).isNotEmpty();
  }

  @Test
  void whatDoesNotArriveIsGivenBack() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            throw new IOException("gone");
          }
        };

    assertThatThrownBy(() -> bodies.read(broken, ADA, LONGEST))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(bodies.held()).isZero();
  }
}
