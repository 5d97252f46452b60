package mutirao.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client may send. Values are already checked against {@link Limits}; a null component means
 * that the field was left out and has no default of its own.
 */
public sealed interface ClientFrame extends Frame {

  /**
   * Makes the connection somebody.
   *
   * @param name the wanted name; null or empty lets the server make one
   * @param role null lets the name decide, see {@link Role#impliedBy}
   * @param operations what a worker can run; null where left out
   * @param slots tasks a worker takes at once
   * @param confirm true: each {@code done}/{@code failed} is answered with {@code recorded}
   * @param presence false: no {@code client_list} and no joined/left events are sent to this peer
   * @param credentials token or user name and password
   * @param resume the secret of a broken session to take up again
   * @param seen per room the last {@code seq} the client has, and under {@code "@"} its last direct
   *     message
   * @param lang language of error messages, {@code en} or {@code pt-BR}
   */
  record Register(
      @Nullable RawJson ref,
      @Nullable String name,
      @Nullable Role role,
      @Nullable List<String> operations,
      int slots,
      boolean confirm,
      boolean presence,
      Credentials credentials,
      @Nullable String resume,
      Map<String, Long> seen,
      @Nullable String lang)
      implements ClientFrame {
    @Override
    public String type() {
      return "register";
    }
  }

  /** How a peer proves who it is; all null where it does not. */
  record Credentials(@Nullable String token, @Nullable String username, @Nullable String password) {
    /** No credentials. */
    public static final Credentials NONE = new Credentials(null, null, null);

    /** Never shows a secret. */
    @Override
    public String toString() {
      return "Credentials[…]";
    }
  }

  /** A message to everybody in a room; {@code message} is a JSON string with its quotes. */
  record Broadcast(@Nullable RawJson ref, String room, RawJson message, @Nullable String key)
      implements ClientFrame {
    @Override
    public String type() {
      return "broadcast";
    }
  }

  /** A message to one peer; {@code message} is a JSON string with its quotes. */
  record Direct(@Nullable RawJson ref, String target, RawJson message, @Nullable String key)
      implements ClientFrame {
    @Override
    public String type() {
      return "direct";
    }
  }

  /** Asks who is there. */
  record Status(@Nullable RawJson ref) implements ClientFrame {
    @Override
    public String type() {
      return "status";
    }
  }

  /** Enters a room, which exists from its first member on. */
  record Join(@Nullable RawJson ref, String room) implements ClientFrame {
    @Override
    public String type() {
      return "join";
    }
  }

  /** Leaves a room. */
  record Leave(@Nullable RawJson ref, String room) implements ClientFrame {
    @Override
    public String type() {
      return "leave";
    }
  }

  /** Asks for the messages of a room before {@code beforeSeq}, or for its newest. */
  record History(@Nullable RawJson ref, String room, int limit, @Nullable Long beforeSeq)
      implements ClientFrame {
    @Override
    public String type() {
      return "history";
    }
  }

  /**
   * Looks for messages and finished tasks in the server's archive, newest first; null means any.
   *
   * @param words all of them must occur
   * @param kind {@code message} or {@code task}
   * @param room messages of this room, which the asker must be in
   * @param by who said it, or submitted or ran the task
   * @param since from then on, epoch milliseconds
   * @param until up to then
   * @param any tasks of anybody, which is an admin's to ask
   * @param cursor where an earlier answer ended
   */
  record Search(
      @Nullable RawJson ref,
      @Nullable String words,
      @Nullable String kind,
      @Nullable String room,
      @Nullable String task,
      @Nullable String operation,
      @Nullable String by,
      @Nullable Long since,
      @Nullable Long until,
      boolean any,
      int limit,
      @Nullable String cursor)
      implements ClientFrame {
    @Override
    public String type() {
      return "search";
    }

    /** Whether tasks are among what is looked for. */
    public boolean tasks() {
      return room == null && !"message".equals(kind);
    }

    /** Whether messages are among what is looked for. */
    public boolean messages() {
      return task == null && operation == null && !"task".equals(kind);
    }
  }

  /**
   * Hands in a task.
   *
   * @param worker run on this worker only
   * @param fallback any worker may take it once the named one is gone
   * @param key idempotency key
   * @param delayMs not before now + this; null: now
   * @param runAt not before this instant in epoch milliseconds; null: now
   * @param expiresMs not finished within this: {@code expired}; null: never
   * @param quiet true: no {@code result} is pushed
   */
  record Submit(
      @Nullable RawJson ref,
      String operation,
      RawJson params,
      @Nullable String worker,
      boolean fallback,
      @Nullable String key,
      int priority,
      @Nullable Long delayMs,
      @Nullable Long runAt,
      long timeoutMs,
      int maxAttempts,
      long backoffMs,
      @Nullable Long expiresMs,
      long keepMs,
      boolean quiet,
      @Nullable String traceparent)
      implements ClientFrame {
    @Override
    public String type() {
      return "submit";
    }
  }

  /** A worker's result of one attempt. */
  record Done(@Nullable RawJson ref, String task, int attempt, RawJson result)
      implements ClientFrame {
    @Override
    public String type() {
      return "done";
    }
  }

  /**
   * A worker's failure of one attempt; {@code error} is a JSON object with {@code code} and {@code
   * message}.
   */
  record Failed(@Nullable RawJson ref, String task, int attempt, RawJson error, boolean retry)
      implements ClientFrame {
    @Override
    public String type() {
      return "failed";
    }
  }

  /** A worker's sign of life; {@code percent} is a JSON number, {@code message} a JSON string. */
  record Progress(
      @Nullable RawJson ref,
      String task,
      int attempt,
      @Nullable RawJson percent,
      @Nullable RawJson message)
      implements ClientFrame {
    @Override
    public String type() {
      return "progress";
    }
  }

  /** A worker wants no more tasks. */
  record Drain(@Nullable RawJson ref) implements ClientFrame {
    @Override
    public String type() {
      return "drain";
    }
  }

  /** Ends a task that is not finished. */
  record Cancel(@Nullable RawJson ref, String task) implements ClientFrame {
    @Override
    public String type() {
      return "cancel";
    }
  }

  /** Asks for one task; with {@code any} for anybody's, with {@code explain} for more of it. */
  record Query(@Nullable RawJson ref, String task, boolean any, boolean explain)
      implements ClientFrame {
    /** Asks for the state of one of one's own. */
    public Query(@Nullable RawJson ref, String task) {
      this(ref, task, false, false);
    }

    @Override
    public String type() {
      return "query";
    }
  }

  /** Asks for the workers. */
  record Workers(@Nullable RawJson ref) implements ClientFrame {
    @Override
    public String type() {
      return "workers";
    }
  }

  /**
   * Asks for tasks, newest first; {@code state} null means any, {@code before} continues an earlier
   * answer.
   */
  record Tasks(@Nullable RawJson ref, @Nullable String state, int limit, @Nullable String before)
      implements ClientFrame {
    @Override
    public String type() {
      return "tasks";
    }
  }

  /**
   * Asks for the servers of the group, or for a change of them.
   *
   * @param node the server in question; null where the action is about none
   * @param address where the other servers reach it, for a server that is added
   */
  record Cluster(
      @Nullable RawJson ref, ClusterAction action, @Nullable String node, @Nullable String address)
      implements ClientFrame {
    @Override
    public String type() {
      return "cluster";
    }
  }

  /** What is wanted of the group of servers. */
  enum ClusterAction {
    /** How it is. */
    STATUS,
    /** Another server, which runs and waits for it. */
    ADD,
    /** A server less. */
    REMOVE,
    /** Another leader. */
    TRANSFER;

    /** As it stands in a frame. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Asks for a backup of all that the server keeps, or for more of the one that it makes for this
   * connection.
   *
   * @param offset from which byte on; null: begin
   */
  record Backup(@Nullable RawJson ref, @Nullable Long offset) implements ClientFrame {
    @Override
    public String type() {
      return "backup";
    }
  }

  /**
   * Asks for users and tokens, or for a change of them.
   *
   * @param user null where the action is about none
   * @param role of a new user, or of a token that opens less than its user may
   * @param password of the user from now on
   * @param token what a token is called by
   * @param lifetimeMs how long a new token is good; null: for ever
   */
  record Account(
      @Nullable RawJson ref,
      AccountAction action,
      @Nullable String user,
      @Nullable AccountRole role,
      List<String> operations,
      @Nullable String password,
      @Nullable String token,
      @Nullable String label,
      @Nullable Long lifetimeMs)
      implements ClientFrame {
    @Override
    public String type() {
      return "account";
    }

    /** Never shows a secret. */
    @Override
    public String toString() {
      return "Account[action=" + action + ", user=" + user + "]";
    }
  }

  /** What is wanted of users and tokens. */
  enum AccountAction {
    /** What there is. */
    LIST,
    /** Who changed what. */
    AUDIT,
    ADD_USER,
    REMOVE_USER,
    SET_PASSWORD,
    ADD_TOKEN,
    REVOKE_TOKEN;

    /** As it stands in a frame. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A sign of life that wants one back. */
  record Ping(@Nullable RawJson ref) implements ClientFrame {
    @Override
    public String type() {
      return "ping";
    }
  }

  /** The answer to the server's own ping. */
  record Pong(@Nullable RawJson ref) implements ClientFrame {
    @Override
    public String type() {
      return "pong";
    }
  }

  /** Leaves for good. */
  record Quit(@Nullable RawJson ref) implements ClientFrame {
    @Override
    public String type() {
      return "quit";
    }
  }
}
