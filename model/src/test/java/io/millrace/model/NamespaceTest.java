package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NamespaceTest {

  @Test
  void standsBeforeNamesUnlessItHasNone() {
    assertThat(Namespace.DEFAULT.qualify("control")).isEqualTo("control");
    assertThat(new Namespace("teamA").qualify("control")).isEqualTo("teamA.control");
  }

  @Test
  void isRefusedWhereItCouldBeTakenForSomethingElse() {
    for (String name : new String[] {"a.b", "a b", "-a", "x".repeat(41)}) {
      assertThatThrownBy(() -> new Namespace(name)).as(name).hasMessageContaining("is not 1 to 40");
    }
    // Access rules of the namespace without a name are for all that begins like this.
    assertThatThrownBy(() -> new Namespace("millrace-processor-x"))
        .hasMessageContaining("begins with millrace-");
  }
}
