package mutirao.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.protocol.ServerFrame;
import mutirao.server.Server;
import mutirao.server.ServerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs every example against a real server and looks at what it prints. */
@Timeout(60)
class ExamplesTest {

  @FunctionalInterface
  private interface Example {
    void main(String[] args) throws Exception;
  }

  private Server server;
  private String address;

  @BeforeEach
  void start() throws InterruptedException {
    server = Server.start(ServerConfig.DEFAULT.withAddress("127.0.0.1", 0));
    address = "127.0.0.1:" + server.address().getPort();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void ownOperation() throws Exception {
    assertEquals("oaritum", run(OwnOperation::main).getLast());
  }

  @Test
  void submitAndWait() throws Exception {
    List<String> lines = run(SubmitAndWait::main);
    assertEquals(
        List.of("count_words done: 1", "count_words done: 3", "count_words done: 5"),
        lines.subList(1, 4));
  }

  @Test
  void retryAndBackoff() throws Exception {
    List<String> lines = run(RetryAndBackoff::main);
    assertTrue(lines.containsAll(List.of("attempt 1", "attempt 2", "attempt 3")));
    assertEquals("done after 3: at last", lines.getLast());
  }

  @Test
  void idempotentSubmit() throws Exception {
    List<String> lines = run(IdempotentSubmit::main);
    assertEquals(List.of("the same task: true", "a duplicate: true"), lines.subList(1, 3));
  }

  @Test
  void scheduledTask() throws Exception {
    List<String> lines = run(ScheduledTask::main);
    assertTrue(lines.getFirst().startsWith("scheduled for "));
    assertEquals("drink water", lines.getLast());
  }

  @Test
  void progressAndCancel() throws Exception {
    List<String> lines = run(ProgressAndCancel::main);
    assertTrue(lines.getFirst().endsWith("says: half a hole"));
    assertEquals("cancelled", lines.getLast());
  }

  @Test
  void chatBot() throws Exception {
    CountDownLatch botCame = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    ClientListener listener =
        new ClientListener() {
          @Override
          public void onSystem(ServerFrame.SystemEvent event) {
            if (event.event().equals("joined") && event.name().equals("bot")) {
              botCame.countDown();
            }
          }

          @Override
          public void onBroadcast(ChatMessage message) {
            if (message.sender().equals("bot") && message.text().equals("pong, ana")) {
              answered.countDown();
            }
          }
        };
    try (MutiraoClient ana =
        MutiraoClient.connect(ClientOptions.to(address).name("ana").listener(listener).build())) {
      Thread person =
          Thread.ofVirtual()
              .start(
                  () -> {
                    await(botCame);
                    ana.broadcast("ping").await();
                    await(answered);
                    ana.broadcast("basta").await();
                  });
      assertEquals(List.of("the bot listens", "the bot leaves"), run(ChatBot::main));
      person.join();
    }
  }

  @Test
  void workerInPython() throws Exception {
    Process worker = process("python3", "python/worker.py", address);
    try (MutiraoClient ana = client()) {
      assertTrue(firstLine(worker).startsWith("registered as Worker-"));
      assertEquals(
          List.of("a", "b", "c"), ana.call("sort", Map.of("words", List.of("c", "a", "b"))));
      assertEquals("olá olá ", ana.call("repeat", Map.of("text", "olá ", "times", 2)));
    } finally {
      worker.destroyForcibly();
    }
  }

  @Test
  void workerInShell() throws Exception {
    Process worker = process("bash", "shell/worker.sh", address);
    try (MutiraoClient ana = client()) {
      assertEquals("registered", firstLine(worker));
      LocalDate before = LocalDate.now(ZoneId.systemDefault());
      LocalDate told = LocalDate.parse(String.valueOf(ana.call("date", Map.of())));
      assertTrue(!told.isBefore(before) && !told.isAfter(LocalDate.now(ZoneId.systemDefault())));
    } finally {
      worker.destroyForcibly();
    }
  }

  private MutiraoClient client() {
    return MutiraoClient.connect(
        ClientOptions.to(address).name("ana").requestTimeout(Duration.ofSeconds(20)).build());
  }

  private List<String> run(Example example) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      example.main(new String[] {address});
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8).lines().toList();
  }

  private static Process process(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String firstLine(Process process) throws IOException {
    return String.valueOf(
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
