package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerHeapTest {

  @Test
  void generationsOfALookAreAddedUp() {
    String answers =
        """
        7586:
        Command executed successfully
        DefNew     total 19648K, used 3K [0x00000000fc000000, 0x00000000fd550000, 0x00000000fd550000)
         eden space 17472K,   0% used [0x00000000fc000000, 0x00000000fc000000, 0x00000000fd110000)
        Tenured    total 43712K, used 1247K [0x00000000fd550000, 0x0000000100000000, 0x0000000100000000)
         the  space 43712K,   2% used [0x00000000fd550000, 0x00000000fd687ca8, 0x0000000100000000)
        Command executed successfully
        DefNew     total 19648K, used 0K [0x00000000fc000000, 0x00000000fd550000, 0x00000000fd550000)
        Tenured    total 43712K, used 1246K [0x00000000fd550000, 0x0000000100000000, 0x0000000100000000)
        """;

    assertThat(ServerHeap.usedBytes(answers)).containsExactly(1250 * 1024L, 1246 * 1024L);
  }

  @Test
  void aHeapWithoutGenerationsIsOne() {
    String answer =
        """
        7855:
        Command executed successfully
        garbage-first heap   total reserved 65536K, committed 10240K, used 1245K [0x0, 0x1)
         region size 1024K, 0 young (0K), 0 survivors (0K)
        """;

    assertThat(ServerHeap.usedBytes(answer)).containsExactly(1245 * 1024L);
  }

  @Test
  void anAnswerWithoutAHeapTellsNothing() {
    assertThat(ServerHeap.usedBytes("7855:\nException in thread main")).isEmpty();
  }
}
