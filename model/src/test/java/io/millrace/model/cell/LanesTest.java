package io.millrace.model.cell;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class LanesTest {

  @Property
  void eachLaneIsComputedByItself(@ForAll @Size(8) byte[] one, @ForAll @Size(8) byte[] other) {
    for (int i = 0; i < 8; i++) {
      one[i] &= 0x7F;
      other[i] &= 0x7F;
    }
    byte[] least = new byte[8];
    byte[] greatest = new byte[8];
    Lanes.set(least, 0, Lanes.min(Lanes.get(one, 0), Lanes.get(other, 0)));
    Lanes.set(greatest, 0, Lanes.max(Lanes.get(one, 0), Lanes.get(other, 0)));

    boolean isAnyAtLeast = false;
    for (int i = 0; i < 8; i++) {
      assertThat(least[i]).isEqualTo((byte) Math.min(one[i], other[i]));
      assertThat(greatest[i]).isEqualTo((byte) Math.max(one[i], other[i]));
      isAnyAtLeast |= one[i] >= other[i];
    }
    assertThat(Lanes.isAnyAtLeast(Lanes.get(one, 0), Lanes.get(other, 0))).isEqualTo(isAnyAtLeast);
  }
}
