package mutirao.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import mutirao.archive.Archive;
import mutirao.archive.ArchiveConfig;
import mutirao.archive.ArchiveException;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.server.gateway.TaskIds;
import mutirao.server.gateway.history.History;
import org.jspecify.annotations.Nullable;

/**
 * The archive in the server's data folder. It is opened while the log starts, because both take
 * their time; {@link #orFail} tells whether that went well.
 */
final class ServerArchive implements History, AutoCloseable {
  private static final String FOLDER = "archive";
  private static final String FILE = "history.db";

  private final CompletableFuture<Archive> opening;
  private volatile @Nullable Archive archive;

  private ServerArchive(CompletableFuture<Archive> opening) {
    this.opening = opening;
  }

  /** Begins to open the archive of a server whose data folder is its own already. */
  static ServerArchive open(Path dataFolder, ArchiveChoice choice, Clock clock) {
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
    return new ServerArchive(opening);
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

  /**
   * Waits until it is open.
   *
   * @throws StorageException where it cannot be used; its message says what to do
   */
  void orFail() {
    try {
      opening.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StorageException(
          new IOException(
              cause.getMessage() + "; move it away, or start with --no-archive", cause));
    }
  }

  @Override
  public void close() {
    Archive open = opened();
    if (open != null) {
      open.close();
    }
  }
}
