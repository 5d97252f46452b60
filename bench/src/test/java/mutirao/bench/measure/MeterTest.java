package mutirao.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MeterTest {

  @Test
  void withoutAProcessTheServersFiguresAreUnknownAndNothingIsCalledNoisy() {
    Meter meter = new Meter(OptionalLong.empty());
    Usage usage = meter.since(meter.read());
    assertTrue(Double.isNaN(usage.serverCpuSeconds()));
    assertTrue(Double.isNaN(usage.serverPeakMegabytes()));
    assertTrue(Double.isNaN(meter.residentBytes()));
    assertFalse(usage.noisy());
  }

  @Test
  void addsUpTheHeapsOfEveryCollector() {
    String serial =
        """
        12:
         DefNew     total 9216K, used 1024K [0x00000000fec00000, 0x00000000ff600000)
          eden space 8192K,  12% used [0x00000000fec00000,0x00000000fed00000,0x00000000ff400000)
         Tenured    total 10240K, used 2048K [0x00000000ff600000, 0x0000000100000000)
         Metaspace       used 900K, committed 1024K, reserved 1114112K
          class space    used 80K, committed 128K, reserved 1048576K
        """;
    assertEquals(3072 * 1024, JavaHeap.usedBytes(serial));
    String g1 =
        """
         garbage-first heap   total reserved 1048576K, committed 264192K, used 5120K [0x0, 0x1)
          region size 1024K, 3 young (3072K), 0 survivors (0K)
         Metaspace       used 900K, committed 1024K, reserved 1114112K
        """;
    assertEquals(5120 * 1024, JavaHeap.usedBytes(g1));
    assertTrue(Double.isNaN(JavaHeap.usedBytes("Could not find any processes")));
  }
}
