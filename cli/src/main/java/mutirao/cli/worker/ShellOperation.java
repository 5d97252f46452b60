package mutirao.cli.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import mutirao.client.Operation;
import mutirao.client.OperationException;
import mutirao.client.TaskContext;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;

/**
 * A shell command as an operation. It gets the params as JSON on standard input, and {@code
 * MUTIRAO_TASK}, {@code MUTIRAO_ATTEMPT}, {@code MUTIRAO_OPERATION} and {@code MUTIRAO_SUBMITTER}
 * in its environment; nothing of the task ever becomes part of the command. Its standard output is
 * the result: as JSON if it is JSON, else as text without its last line break. Exit code 65
 * (sysexits.h: EX_DATAERR) says that the params are wrong; any other but 0 fails the attempt, which
 * may be tried again. What it writes to standard error last becomes the error's message.
 */
public final class ShellOperation implements Operation {
  private static final int DATA_ERROR = 65;

  /** Ctrl-C reaches everybody at a terminal, and the worker lets its commands finish. */
  private static final String DEAF = "trap '' INT\n";

  /** Room for the frame around the result. */
  private static final int MAX_OUTPUT_BYTES = 1024 * 1024 - 4096;

  private static final int MAX_MESSAGE_BYTES = 2000;

  private final List<String> shell;

  /** An operation that runs {@code command}. */
  public ShellOperation(String command) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    shell =
        system.startsWith("windows")
            ? List.of("cmd.exe", "/c", command)
            : List.of("/bin/sh", "-c", DEAF + command);
  }

  @Override
  public Object run(TaskContext task) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(shell);
    Map<String, String> environment = builder.environment();
    // The worker's own secret is none of the command's business.
    environment.remove("MUTIRAO_TOKEN");
    environment.put("MUTIRAO_TASK", task.taskId());
    environment.put("MUTIRAO_ATTEMPT", Integer.toString(task.attempt()));
    environment.put("MUTIRAO_OPERATION", task.operation());
    environment.put("MUTIRAO_SUBMITTER", task.submitter());
    Process process = builder.start();
    try {
      return outcome(process, task.rawParams());
    } finally {
      // Also where nobody wants the result any more: then this thread has been interrupted.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Object outcome(Process process, RawJson params)
      throws InterruptedException, OperationException {
    CompletableFuture<String> errors = new CompletableFuture<>();
    CompletableFuture<byte[]> output = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> errors.complete(Tail.of(process.getErrorStream(), MAX_MESSAGE_BYTES)));
    Thread.startVirtualThread(() -> output.complete(collect(process)));
    Thread.startVirtualThread(() -> feed(process, params));
    int exit = process.waitFor();
    byte[] written = get(output);
    if (written.length > MAX_OUTPUT_BYTES) {
      throw new OperationException(
          ErrorCode.TOO_LARGE.wireName(),
          "the command wrote more than " + MAX_OUTPUT_BYTES + " bytes",
          false);
    }
    if (exit != 0) {
      String code = exit == DATA_ERROR ? OperationException.BAD_INPUT : "exit_" + exit;
      throw new OperationException(code, message(get(errors), exit), exit != DATA_ERROR);
    }
    return value(new String(written, UTF_8));
  }

  /** What the command writes; where that is too much, the command is ended. */
  private static byte[] collect(Process process) {
    try {
      byte[] written = process.getInputStream().readNBytes(MAX_OUTPUT_BYTES + 1);
      if (written.length > MAX_OUTPUT_BYTES) {
        process.destroyForcibly();
      }
      return written;
    } catch (IOException e) {
      // The command was ended because nobody wants its result.
      return new byte[0];
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading what a command writes cannot fail", e);
    }
  }

  private static void feed(Process process, RawJson params) {
    try (OutputStream in = process.getOutputStream()) {
      in.write((params + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      // A command need not read what it is given; its exit code tells how it went.
      return;
    }
  }

  private static String message(String errors, int exit) {
    String text = errors.strip();
    return text.isEmpty() ? "the command ended with " + exit : text;
  }

  private static Object value(String output) {
    try {
      return Json.of(output.strip());
    } catch (IllegalArgumentException e) {
      return output.endsWith("\n") ? output.substring(0, output.length() - 1) : output;
    }
  }
}
