package mutirao.archive.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** How the file is opened, and what is in it. */
final class Database {
  /** "muti": tells our files from those of other programs. */
  private static final int APPLICATION_ID = 0x6d757469;

  private static final int VERSION = 1;
  private static final int BUSY_TIMEOUT_MS = 5000;

  /** What a checkpoint leaves of the write-ahead log. */
  private static final int KEPT_LOG_BYTES = 16 * 1024 * 1024;

  private static final int CACHE_KIB = 16 * 1024;

  /** Diacritics do not count; letters, digits and signs such as pictographs make words. */
  private static final String TOKENIZER =
      "unicode61 remove_diacritics 2 categories ''L* N* Co So''";

  /**
   * Ids are given in the order of the log, over both tables. Keys are names as they are compared.
   */
  private static final String SCHEMA =
      """
      CREATE TABLE message (
        id INTEGER PRIMARY KEY, position INTEGER NOT NULL, sent_at INTEGER NOT NULL,
        room TEXT, receiver TEXT, seq INTEGER NOT NULL, sender TEXT NOT NULL, text TEXT NOT NULL,
        room_key TEXT, receiver_key TEXT, sender_key TEXT);
      CREATE INDEX message_room ON message (room_key, id) WHERE room_key IS NOT NULL;
      CREATE INDEX message_receiver ON message (receiver_key, id) WHERE receiver_key IS NOT NULL;
      CREATE INDEX message_sender ON message (sender_key, id) WHERE sender_key IS NOT NULL;
      CREATE TABLE task (
        id INTEGER PRIMARY KEY, position INTEGER NOT NULL, finished_at INTEGER NOT NULL,
        task TEXT NOT NULL, operation TEXT NOT NULL, submitter TEXT NOT NULL, worker TEXT,
        state TEXT NOT NULL, attempts INTEGER NOT NULL, accepted_at INTEGER NOT NULL,
        started_at INTEGER NOT NULL, params TEXT, result TEXT, error TEXT,
        omitted INTEGER NOT NULL, submitter_key TEXT NOT NULL);
      CREATE INDEX task_task ON task (task);
      CREATE INDEX task_submitter ON task (submitter_key, id);
      CREATE VIRTUAL TABLE words USING fts5 (
        body, content='', contentless_delete=1, tokenize='%s');
      CREATE TABLE gap (
        to_position INTEGER PRIMARY KEY, from_position INTEGER NOT NULL, from_ms INTEGER NOT NULL,
        to_ms INTEGER NOT NULL, reason TEXT NOT NULL, before_id INTEGER NOT NULL);
      CREATE TABLE progress (
        one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL, at_ms INTEGER NOT NULL,
        next_id INTEGER NOT NULL, forgotten INTEGER NOT NULL, forgotten_ms INTEGER NOT NULL);
      INSERT INTO progress VALUES (1, 0, 0, 1, 0, 0);
      """;

  private Database() {}

  /**
   * Opens the file for the one who writes, and makes it where it is not there.
   *
   * @throws ForeignFileException where it is not ours, or of a later version
   */
  static Connection openToWrite(Path file) throws SQLException, IOException {
    create(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    // Nobody reads them, and asking for them is a statement after each insert: a third of the time.
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection(url(file));
    try (Statement statement = connection.createStatement()) {
      int application = number(statement, "PRAGMA application_id");
      int version = number(statement, "PRAGMA user_version");
      int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
      boolean empty = tables == 0 && version == 0;
      if (!empty && application != APPLICATION_ID) {
        throw new ForeignFileException(file + " holds something else than an archive");
      }
      if (version > VERSION) {
        throw new ForeignFileException(
            file + " was written by a later version of this program (" + version + ")");
      }
      if (empty) {
        statement.execute("PRAGMA auto_vacuum=INCREMENTAL");
      }
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=NORMAL");
      statement.execute("PRAGMA journal_size_limit=" + KEPT_LOG_BYTES);
      statement.execute("PRAGMA cache_size=-" + CACHE_KIB);
      connection.setAutoCommit(false);
      if (empty) {
        make(statement);
      }
      connection.commit();
      return connection;
    } catch (SQLException | IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void make(Statement statement) throws SQLException {
    for (String sql : SCHEMA.replace("%s", TOKENIZER).split(";\n")) {
      statement.execute(sql);
    }
    statement.execute("PRAGMA application_id=" + APPLICATION_ID);
    statement.execute("PRAGMA user_version=" + VERSION);
  }

  /** Opens the file for a search, which sees one state of it throughout. */
  static Connection openToRead(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    Connection connection = config.createConnection(url(file));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only=ON");
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Directs are in it: nobody but the owner may read it. SQLite's other two files follow it. */
  private static void create(Path file) throws IOException {
    try {
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file)) {
        throw e;
      }
    }
  }

  /** Where what it says cannot be right: the file has to be set aside. */
  static boolean isDamage(SQLException e) {
    if (!(e instanceof SQLiteException known)) {
      return false;
    }
    SQLiteErrorCode code = known.getResultCode();
    return (code.code & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB;
  }

  /** A URI, because a question mark in a path would be read as the beginning of options. */
  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath().toUri().toASCIIString();
  }

  static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.getInt(1);
    }
  }
}
