package mutirao.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import mutirao.client.fake.Recorder;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where users' code runs, and what it can and cannot hold up. */
@Timeout(60)
class ListenerTest {

  private static ServerFrame.Broadcast said(long seq) {
    return new ServerFrame.Broadcast(null, "bruno", "lobby", RawJson.of("\"oi\""), seq, 1);
  }

  @Test
  void eventsComeInOrder() {
    try (Stage stage = Stage.set()) {
      ServerFrame.SystemEvent joined =
          new ServerFrame.SystemEvent("joined", "bruno", Role.CLIENT, null, "bruno joined", 1);
      stage.connection.send(joined);
      for (long seq = 1; seq <= 100; seq++) {
        stage.connection.send(said(seq));
      }
      assertEquals(joined, stage.heard.next(ServerFrame.SystemEvent.class));
      for (long seq = 1; seq <= 100; seq++) {
        assertEquals(seq, stage.heard.next(ChatMessage.class).seq());
      }
    }
  }

  /** A listener that stops at the first message until it is let go. */
  private static final class Slow extends Recorder {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    @Override
    public void onBroadcast(ChatMessage message) {
      reached.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      super.onBroadcast(message);
    }
  }

  @Test
  void aSlowListenerHoldsUpNobodyAndIsToldWhatItLost() throws InterruptedException {
    Slow slow = new Slow();
    try (Stage stage =
        Stage.set(slow, options -> options.bounds(new ClientOptions.Bounds(10, 1_000_000, 3)))) {
      stage.connection.send(said(1));
      slow.reached.await();
      for (long seq = 2; seq <= 10; seq++) {
        stage.connection.send(said(seq));
      }
      // Answers come all the same, and behind them everything above has been read.
      stage.settle();
      slow.go.countDown();
      for (long seq = 1; seq <= 4; seq++) {
        assertEquals(seq, slow.next(ChatMessage.class).seq());
      }
      assertEquals(new Recorder.Dropped(6), slow.next(Recorder.Dropped.class));
      stage.connection.send(said(11));
      assertEquals(11, slow.next(ChatMessage.class).seq());
    }
  }

  @Test
  void aListenerThatThrowsHearsTheNextEvent() {
    Recorder throwing =
        new Recorder() {
          @Override
          public void onBroadcast(ChatMessage message) {
            if (message.seq() == 1) {
              throw new IllegalStateException("thrown by the test");
            }
            super.onBroadcast(message);
          }
        };
    try (Stage stage = Stage.set(throwing, options -> options)) {
      stage.connection.send(said(1));
      stage.connection.send(said(2));
      assertEquals(2, throwing.next(ChatMessage.class).seq());
    }
  }

  @Test
  void aListenerMayWaitForAnswers() {
    CompletableFuture<MutiraoClient> itself = new CompletableFuture<>();
    CompletableFuture<Long> answered = new CompletableFuture<>();
    Recorder bot =
        new Recorder() {
          @Override
          public void onBroadcast(ChatMessage message) {
            if (message.sender().equals("bruno")) {
              answered.complete(Stage.get(itself).broadcast("pong").await(Stage.PATIENCE));
            }
          }
        };
    try (Stage stage = Stage.set(bot, options -> options)) {
      itself.complete(stage.client);
      stage.connection.send(said(1));
      ClientFrame.Broadcast pong = stage.connection.next(ClientFrame.Broadcast.class);
      stage.connection.send(
          new ServerFrame.Broadcast(pong.ref(), "ana", "lobby", pong.message(), 2, 1));
      assertEquals(2, Stage.get(answered));
    }
  }

  @Test
  void stagesRunInTheOrderOfTheAnswers() {
    try (Stage stage = Stage.set()) {
      List<Integer> order = new ArrayList<>();
      List<CompletableFuture<?>> stages = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int number = i;
        stages.add(stage.client.ping().thenAccept(_ -> order.add(number)));
      }
      for (int i = 0; i < 20; i++) {
        RawJson ref = stage.connection.next(ClientFrame.Ping.class).ref();
        stage.connection.send(new ServerFrame.Pong(ref, 1));
      }
      stages.forEach(Stage::get);
      assertEquals(IntStream.range(0, 20).boxed().toList(), order);
    }
  }

  @Test
  void waitingWhereAnswersAreDeliveredIsRefusedRatherThanForEver() {
    try (Stage stage = Stage.set()) {
      CompletableFuture<Duration> wrong =
          stage.client.ping().thenApply(_ -> stage.client.ping().await());
      CompletableFuture<Duration> right =
          stage.client.ping().thenApplyAsync(_ -> stage.client.ping().await());
      for (int i = 0; i < 4; i++) {
        RawJson ref = stage.connection.next(ClientFrame.Ping.class).ref();
        stage.connection.send(new ServerFrame.Pong(ref, 1));
      }
      assertTrue(Stage.get(right).toNanos() >= 0);
      CompletionException refused = assertThrows(CompletionException.class, wrong::join);
      assertInstanceOf(IllegalStateException.class, refused.getCause());
    }
  }

  @Test
  void anInterruptedWaitSaysSo() {
    try (Stage stage = Stage.set()) {
      Reply<Duration> reply = stage.client.ping();
      Thread.currentThread().interrupt();
      MutiraoException stopped = assertThrows(MutiraoException.class, reply::await);
      assertEquals(MutiraoException.INTERRUPTED, stopped.code());
      assertTrue(Thread.interrupted(), "the flag stays set");
    }
  }

  @Test
  void aWaitCanBeBounded() {
    try (Stage stage = Stage.set()) {
      Reply<Duration> reply = stage.client.ping();
      MutiraoException late =
          assertThrows(MutiraoException.class, () -> reply.await(Duration.ofMillis(1)));
      assertEquals(MutiraoException.TIMEOUT, late.code());
      RawJson ref = stage.connection.next(ClientFrame.Ping.class).ref();
      stage.connection.send(new ServerFrame.Pong(ref, 1));
      assertTrue(reply.await(Stage.PATIENCE).toNanos() > 0);
    }
  }
}
