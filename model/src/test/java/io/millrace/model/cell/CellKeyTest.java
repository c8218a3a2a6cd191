package io.millrace.model.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.codec.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CellKeyTest {

  @Property
  void aLongerWindowOfAKeyIsThatOfItsParts(
      @ForAll @LongRange(min = -1_000_000_000_000_000L, max = 1_000_000_000_000_000L) long time,
      @ForAll Grain grain,
      @ForAll List<String> dimensions) {
    var key =
        new CellKey("pages", Grain.MINUTE, "demo", Grain.MINUTE.windowStart(time), dimensions);

    assertThat(CellKey.inGrain(key.toBytes(), grain))
        .isEqualTo(
            new CellKey("pages", grain, "demo", grain.windowStart(time), dimensions).toBytes());
  }

  @Test
  void bytesThatAreNoKeyHaveNoLongerWindow() {
    byte[] cut = "pages\0\1demo\0".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> CellKey.inGrain(cut, Grain.DAY))
        .isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> CellKey.inGrain(new byte[] {1, 2}, Grain.DAY))
        .isInstanceOf(MalformedBytesException.class);
  }
}
