package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickPositionTest {
  private final ClickPosition place = new ClickPosition(List.of(3L, 0L, 12L));

  @Test
  void isReadFromItsText() {
    assertThat(place.toString()).isEqualTo("3.0.12");
    assertThat(ClickPosition.parse("3.0.12")).contains(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "1.", ".1", "-1", "1.-2", "01", "1e3", "1 ", "9999999999999999999", "a"})
  void isReadFromNothingElse(String text) {
    assertThat(ClickPosition.parse(text)).isEmpty();
  }

  @Test
  void aPartitionThatIsNewBeginsAtItsFirstRecord() {
    assertThat(place.next(2)).isEqualTo(12);
    assertThat(place.next(3)).isZero();
    assertThat(place.after(4, 6)).isEqualTo(new ClickPosition(List.of(3L, 0L, 12L, 0L, 7L)));
  }

  @Test
  void onlyGoesForwards() {
    assertThat(place.after(0, 3)).isEqualTo(new ClickPosition(List.of(4L, 0L, 12L)));
    assertThat(place.after(0, 2)).isEqualTo(place);
    assertThat(place.and(new ClickPosition(List.of(1L, 5L))))
        .isEqualTo(new ClickPosition(List.of(3L, 5L, 12L)));
  }

  @Test
  void reachesWhatIsLaterNowhere() {
    assertThat(place.reaches(new ClickPosition(List.of(3L, 0L, 12L)))).isTrue();
    assertThat(place.reaches(new ClickPosition(List.of(2L)))).isTrue();
    assertThat(place.reaches(new ClickPosition(List.of(2L, 1L)))).isFalse();
    assertThat(place.reaches(new ClickPosition(List.of(0L, 0L, 0L, 1L)))).isFalse();
    assertThat(place.reaches(new ClickPosition(List.of(0L, 0L, 0L, 0L)))).isTrue();
  }

  @Test
  void hasNoNegativeOffsets() {
    assertThatThrownBy(() -> new ClickPosition(List.of(-1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("offsets");
  }
}
