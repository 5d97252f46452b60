package mutirao.server.story.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.protocol.ClientFrame;
import mutirao.server.ArchiveChoice;
import mutirao.server.Clock;
import mutirao.server.archive.ServerArchive;
import mutirao.server.gateway.history.History;

/** An archive whose answers are waited for, in a folder that is gone afterwards. */
final class TemporaryArchive implements History, AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<Runnable> found = new LinkedBlockingQueue<>();
  private final Path folder;
  private final ServerArchive archive;
  private int searches;

  TemporaryArchive(Clock clock) {
    try {
      folder = Files.createTempDirectory("mutirao-archive");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    archive = ServerArchive.open(folder, ArchiveChoice.DEFAULT, clock, found::add);
  }

  @Override
  public void applied(List<Event> events, State state) {
    archive.applied(events, state);
  }

  @Override
  public void serving(State state) {
    archive.serving(state);
  }

  @Override
  public void search(ClientFrame.Search asked, Asker asker, Consumer<Answer> then) {
    searches++;
    archive.search(
        asked,
        asker,
        answer -> {
          searches--;
          then.accept(answer);
        });
  }

  /** Waits for the answer to a search and hands it on; false where none is under way. */
  boolean answerOne() {
    if (searches == 0) {
      return false;
    }
    try {
      Objects.requireNonNull(found.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no answer").run();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    archive.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
