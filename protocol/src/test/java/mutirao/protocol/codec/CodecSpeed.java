package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import mutirao.protocol.Frame;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.out.ByteSink;

/**
 * Nanoseconds of processor time for reading and writing one frame; a program to run by hand, which
 * asserts nothing. Each line is the median of rounds of at least 100 ms after a warm-up of twice as
 * many.
 */
final class CodecSpeed {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 15;
  private static final long ROUND_NANOS = 100_000_000;
  private static final String SUBMIT =
      "{\"type\":\"submit\",\"ref\":12345,\"operation\":\"count_words\",\"params\":{\"text\":\""
          + "lorem ipsum ".repeat(8)
          + "\"},\"key\":\"order-000123\",\"priority\":5}";
  private static final String DONE =
      "{\"type\":\"done\",\"task\":\"3k7f\",\"attempt\":1,\"result\":16}";
  private static final String BROADCAST =
      "{\"type\":\"broadcast\",\"message\":\"Olá, pessoal! Tudo bem por aí? Amanhã começa a obra."
          + " 🚧\"}";

  /** Keeps results alive, so that nothing measured is optimised away. */
  private long sum;

  private CodecSpeed() {}

  public static void main(String[] args) {
    new CodecSpeed().run();
  }

  private void run() {
    read("submit, 64 in a chunk", FrameDecoder.client(), SUBMIT, 64);
    read("submit, alone", FrameDecoder.client(), SUBMIT, 1);
    read("done, 64 in a chunk", FrameDecoder.client(), DONE, 64);
    read("broadcast, 64 in a chunk", FrameDecoder.client(), BROADCAST, 64);
    ServerFrame result =
        new ServerFrame.Result("3k7f", "done", RawJson.of("16"), null, "Worker-1234", 1, 1, 2);
    ServerFrame task =
        new ServerFrame.Task(
            "3k7f",
            1,
            "count_words",
            RawJson.of("{\"text\":\"" + "lorem ipsum ".repeat(8) + "\"}"),
            "ana",
            60_000,
            null);
    ServerFrame accepted =
        new ServerFrame.Accepted(RawJson.of("12345"), "3k7f", "queued", false, null);
    read("result, 64 in a chunk", FrameDecoder.server(), FrameWriter.toText(result), 64);
    read("task, 64 in a chunk", FrameDecoder.server(), FrameWriter.toText(task), 64);
    write("result", result);
    write("task", task);
    write("accepted", accepted);
    System.out.println("(" + sum + ")");
  }

  private <F extends Frame> void read(
      String what, FrameDecoder<F> decoder, String line, int frames) {
    byte[] chunk = (line + "\n").repeat(frames).getBytes(UTF_8);
    FrameReader<F> reader = new FrameReader<>(decoder, Limits.MAX_FRAME_BYTES);
    FrameReader.Sink<F> sink =
        new FrameReader.Sink<>() {
          @Override
          public void frame(F frame) {
            sum += frame.ref() == null ? 1 : 2;
          }

          @Override
          public void problem(Problem problem) {
            throw new IllegalStateException(problem.toString());
          }
        };
    measure(
        "read  " + what,
        chunk.length / frames,
        frames,
        () -> reader.feed(chunk, 0, chunk.length, sink));
  }

  private void write(String what, ServerFrame frame) {
    ByteSink out = new ByteSink(1024);
    measure(
        "write " + what,
        FrameWriter.toText(frame).length() + 1,
        1,
        () -> {
          out.clear();
          FrameWriter.write(frame, out);
          sum += out.size();
        });
  }

  private static void measure(String what, int bytes, int frames, Runnable action) {
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < 3 * ROUNDS; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      long elapsed = 0;
      long count = 0;
      while (elapsed < ROUND_NANOS) {
        for (int i = 0; i < 100; i++) {
          action.run();
        }
        count += 100L * frames;
        elapsed = THREADS.getCurrentThreadCpuTime() - start;
      }
      if (round >= 2 * ROUNDS) {
        rounds.add((double) elapsed / count);
      }
    }
    Collections.sort(rounds);
    System.out.printf("%-32s %4d bytes  %7.1f ns%n", what, bytes, rounds.get(ROUNDS / 2));
  }
}
