package mutirao.server.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import mutirao.archive.Archive;
import mutirao.archive.ArchiveConfig;
import mutirao.archive.ArchiveException;
import mutirao.archive.store.Query;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.server.ArchiveChoice;
import mutirao.server.Clock;
import mutirao.server.gateway.history.History;
import mutirao.server.gateway.words.TaskIds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive in the server's data folder. It is opened while the log starts, because both take
 * their time; {@link #orFail} tells whether that went well.
 */
public final class ServerArchive implements History, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerArchive.class);
  private static final String FOLDER = "archive";
  private static final String FILE = "history.db";

  private final CompletableFuture<Archive> opening;
  private final Consumer<Runnable> onOwner;
  private final Searches searches = new Searches();
  private volatile @Nullable Archive archive;

  private ServerArchive(CompletableFuture<Archive> opening, Consumer<Runnable> onOwner) {
    this.opening = opening;
    this.onOwner = onOwner;
  }

  /**
   * Begins to open the archive of a server whose data folder is its own already.
   *
   * @param onOwner runs something on the thread that asks
   */
  public static ServerArchive open(
      Path dataFolder, ArchiveChoice choice, Clock clock, Consumer<Runnable> onOwner) {
    CompletableFuture<Archive> opening = new CompletableFuture<>();
    Runnable open =
        () -> {
          try {
            Path folder = Files.createDirectories(dataFolder.resolve(FOLDER));
            ArchiveConfig config =
                new ArchiveConfig(folder.resolve(FILE), choice.maxAgeMs(), choice.maxBytes());
            opening.complete(Archive.open(config, TaskIds::encode, clock::nowMs));
          } catch (ArchiveException | IOException | RuntimeException | Error e) {
            opening.completeExceptionally(e);
          }
        };
    Thread.ofPlatform().name("mutirao-archive-open").daemon().start(open);
    return new ServerArchive(opening, onOwner);
  }

  /** Waits for the file to be open; null where it cannot be. */
  private @Nullable Archive opened() {
    Archive known = archive;
    if (known == null && !opening.isCompletedExceptionally()) {
      try {
        known = opening.join();
        archive = known;
      } catch (CompletionException e) {
        // Told by orFail() to whoever starts the server.
        return null;
      }
    }
    return known;
  }

  @Override
  public void applied(List<Event> events, State state) {
    Archive open = opened();
    if (open != null) {
      open.applied(events, state);
    }
  }

  @Override
  public void serving(State state) {
    Archive open = opened();
    if (open != null) {
      open.serving(state);
    }
  }

  @Override
  public void search(ClientFrame.Search asked, Asker asker, Consumer<Answer> then) {
    long before = asked.cursor() == null ? Long.MAX_VALUE : TaskIds.decode(asked.cursor());
    Problem problem = null;
    if (before == 0) {
      problem = invalid(asked, "cursor", "invalid");
    } else if (asked.words() != null && !Query.searchable(asked.words())) {
      problem = invalid(asked, "words", "invalid.words");
    } else if (!searches.run(
        () -> {
          Answer answer = answer(asked, Findings.query(asked, asker, before));
          onOwner.accept(() -> then.accept(answer));
        })) {
      problem = Problem.of(asked.ref(), ErrorCode.OVERLOADED, "overloaded");
    }
    if (problem != null) {
      then.accept(new Answer.Refused(problem));
    }
  }

  private static Problem invalid(ClientFrame.Search asked, String field, String key) {
    return Problem.field(asked.ref(), ErrorCode.INVALID, field, key, field, Query.MAX_WORDS);
  }

  private Answer answer(ClientFrame.Search asked, Query query) {
    try {
      Archive open = opened();
      if (open != null) {
        return new Answer.Found(Findings.frame(asked.ref(), open.search(query)));
      }
    } catch (ArchiveException | RuntimeException e) {
      LOG.error("a search of the archive failed", e);
    } catch (InterruptedException e) {
      // The server closes; nobody waits for an answer any more.
      Thread.currentThread().interrupt();
    }
    return new Answer.Refused(
        Problem.of(asked.ref(), ErrorCode.UNAVAILABLE, "unavailable.archive"));
  }

  /**
   * Waits until it is open.
   *
   * @throws IOException where it cannot be used; its message says what to do
   */
  public void orFail() throws IOException {
    try {
      opening.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          cause.getMessage() + "; move it away, or start with --no-archive", cause);
    }
  }

  @Override
  public void close() {
    searches.close();
    Archive open = opened();
    if (open != null) {
      open.close();
    }
  }
}
