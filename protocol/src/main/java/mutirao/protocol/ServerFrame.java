package mutirao.protocol;

import java.util.List;
import java.util.Map;
import mutirao.protocol.view.AccountList;
import mutirao.protocol.view.Explanation;
import org.jspecify.annotations.Nullable;

/** What a server may send. Times are epoch milliseconds, durations milliseconds. */
public sealed interface ServerFrame extends Frame {

  @Override
  default @Nullable RawJson ref() {
    return null;
  }

  /**
   * The peer is somebody now; {@code resumed} tells that a broken session was taken up again, and
   * {@code rooms} the newest message's number in each room it is in.
   */
  record Registered(
      @Nullable RawJson ref,
      String name,
      Role role,
      String session,
      String resume,
      boolean resumed,
      String server,
      String node,
      int maxFrame,
      long heartbeatMs,
      long resumeWindowMs,
      Map<String, Long> rooms)
      implements ServerFrame {
    @Override
    public String type() {
      return "registered";
    }

    /** Leaves the resume secret out. */
    @Override
    public String toString() {
      return "Registered[name=" + name + ", role=" + role + ", session=" + session + "]";
    }
  }

  /** Who is there, in the order of arrival; {@code total} may exceed what the list holds. */
  record ClientList(@Nullable RawJson ref, List<Presence> clients, int total, long timestamp)
      implements ServerFrame {
    @Override
    public String type() {
      return "client_list";
    }
  }

  /** One line of {@link ClientList}. */
  record Presence(String name, Role role) {}

  /** Somebody came or went; of a room where {@code room} is not null, else of the system. */
  record SystemEvent(
      String event,
      String name,
      @Nullable Role role,
      @Nullable String room,
      String message,
      long timestamp)
      implements ServerFrame {
    @Override
    public String type() {
      return "system";
    }
  }

  /** A message in a room; {@code message} is a JSON string with its quotes. */
  record Broadcast(
      @Nullable RawJson ref, String sender, String room, RawJson message, long seq, long timestamp)
      implements ServerFrame {
    @Override
    public String type() {
      return "broadcast";
    }
  }

  /** A message to this peer alone; {@code seq} counts this session's directs. */
  record Direct(String sender, String target, RawJson message, long seq, long timestamp)
      implements ServerFrame {
    @Override
    public String type() {
      return "direct";
    }
  }

  /** The receipt for a direct, or for a message whose key was seen before. */
  record Delivered(
      @Nullable RawJson ref, @Nullable String room, @Nullable Long seq, boolean duplicate)
      implements ServerFrame {
    @Override
    public String type() {
      return "delivered";
    }
  }

  /** The answer to {@code join}: the room's newest {@code seq} and who is in it. */
  record Joined(@Nullable RawJson ref, String room, long seq, List<String> members)
      implements ServerFrame {
    @Override
    public String type() {
      return "joined";
    }
  }

  /** The answer to {@code leave}. */
  record Left(@Nullable RawJson ref, String room) implements ServerFrame {
    @Override
    public String type() {
      return "left";
    }
  }

  /** Kept messages of a room, oldest first. */
  record History(@Nullable RawJson ref, String room, List<HistoryMessage> messages)
      implements ServerFrame {
    @Override
    public String type() {
      return "history";
    }
  }

  /** One line of {@link History}. */
  record HistoryMessage(String sender, RawJson message, long seq, long timestamp) {}

  /**
   * What a search found, newest first, perhaps only as far as it came.
   *
   * @param next the cursor for what is older; null: that is all
   * @param gaps from which times between the first and the last something may be missing
   */
  record Found(
      @Nullable RawJson ref, List<Archived> found, @Nullable String next, List<Archived.Gap> gaps)
      implements ServerFrame {
    @Override
    public String type() {
      return "found";
    }
  }

  /** Messages of a room that a resumed peer missed and that are no longer kept. */
  record Gap(String room, long fromSeq, long toSeq) implements ServerFrame {
    @Override
    public String type() {
      return "gap";
    }
  }

  /**
   * The promise that a task will not be lost; {@code waitingFor} is {@code worker} where none knows
   * the operation.
   */
  record Accepted(
      @Nullable RawJson ref,
      String task,
      String state,
      boolean duplicate,
      @Nullable String waitingFor)
      implements ServerFrame {
    @Override
    public String type() {
      return "accepted";
    }
  }

  /** One attempt for a worker. */
  record Task(
      String task,
      int attempt,
      String operation,
      RawJson params,
      String submitter,
      long timeoutMs,
      @Nullable String traceparent)
      implements ServerFrame {
    @Override
    public String type() {
      return "task";
    }
  }

  /**
   * How a task ended. {@code result} is set in state done, {@code error} in failed, cancelled and
   * expired.
   */
  record Result(
      String task,
      String state,
      @Nullable RawJson result,
      @Nullable RawJson error,
      @Nullable String worker,
      int attempt,
      long queuedMs,
      long runMs)
      implements ServerFrame {
    @Override
    public String type() {
      return "result";
    }
  }

  /** A worker's progress, passed to the submitter. */
  record Progress(
      String task,
      int attempt,
      @Nullable RawJson percent,
      @Nullable RawJson message,
      @Nullable String worker)
      implements ServerFrame {
    @Override
    public String type() {
      return "progress";
    }
  }

  /** A worker's report is as durable as {@code accepted}. */
  record Recorded(@Nullable RawJson ref, String task, int attempt) implements ServerFrame {
    @Override
    public String type() {
      return "recorded";
    }
  }

  /** Tells a worker that an attempt is no longer wanted. */
  record Cancel(String task, int attempt) implements ServerFrame {
    @Override
    public String type() {
      return "cancel";
    }
  }

  /** The answer to a {@code cancel} that took effect. */
  record Cancelled(@Nullable RawJson ref, String task) implements ServerFrame {
    @Override
    public String type() {
      return "cancelled";
    }
  }

  /** The answer to {@code drain}: how many attempts are still running. */
  record Draining(@Nullable RawJson ref, int running) implements ServerFrame {
    @Override
    public String type() {
      return "draining";
    }
  }

  /** The answer to {@code query}. */
  record TaskState(@Nullable RawJson ref, TaskView task, @Nullable Explanation explanation)
      implements ServerFrame {
    @Override
    public String type() {
      return "task_state";
    }
  }

  /**
   * The answer to {@code tasks}; {@code more} tells that {@code before} the last one there is
   * another page.
   */
  record TaskList(@Nullable RawJson ref, List<TaskView> tasks, boolean more)
      implements ServerFrame {
    @Override
    public String type() {
      return "task_list";
    }
  }

  /** One task; in lists {@code result} and {@code error} are left out. */
  record TaskView(
      String task,
      String state,
      String operation,
      String submitter,
      @Nullable String worker,
      int attempt,
      int maxAttempts,
      int priority,
      long acceptedAt,
      @Nullable Long runAt,
      @Nullable Long startedAt,
      @Nullable Long finishedAt,
      @Nullable String waitingFor,
      @Nullable RawJson result,
      @Nullable RawJson error) {}

  /** The answer to {@code workers}. */
  record WorkerList(@Nullable RawJson ref, List<WorkerView> workers) implements ServerFrame {
    @Override
    public String type() {
      return "worker_list";
    }
  }

  /** One worker. */
  record WorkerView(
      String name,
      List<String> operations,
      int slots,
      int busy,
      long done,
      long failed,
      boolean draining,
      String node) {}

  /**
   * The answer to {@code cluster}: the group as the server that answers sees it.
   *
   * @param leader null: none that is known
   * @param term how often a leader was elected, or tried to be
   */
  record ClusterState(
      @Nullable RawJson ref,
      String node,
      @Nullable String leader,
      long term,
      List<ServerView> servers)
      implements ServerFrame {
    @Override
    public String type() {
      return "cluster_state";
    }
  }

  /**
   * The answer to {@code backup}: some of its bytes, in Base64, and where of how many they begin.
   *
   * @param position everything up to this place in the log of {@code node} is in it
   */
  record BackupPart(
      @Nullable RawJson ref,
      String node,
      long position,
      long timestamp,
      long size,
      long offset,
      String data)
      implements ServerFrame {
    @Override
    public String type() {
      return "backup_part";
    }
  }

  /** The answer to {@code account}. */
  record Accounts(@Nullable RawJson ref, AccountList list) implements ServerFrame {
    @Override
    public String type() {
      return "accounts";
    }
  }

  /** The answer to a client's ping. */
  record Pong(@Nullable RawJson ref, long timestamp) implements ServerFrame {
    @Override
    public String type() {
      return "pong";
    }
  }

  /** Asks a silent peer for a sign of life. */
  record Ping(long timestamp) implements ServerFrame {
    @Override
    public String type() {
      return "ping";
    }
  }

  /** The last frame before the server closes; {@code reason} null after {@code quit}. */
  record Bye(@Nullable RawJson ref, @Nullable String reason) implements ServerFrame {
    @Override
    public String type() {
      return "bye";
    }
  }

  /** Why something did not happen; {@code position} is a byte offset within the line. */
  record Error(
      @Nullable RawJson ref,
      ErrorCode code,
      String message,
      @Nullable String field,
      @Nullable Long position,
      @Nullable Long retryAfterMs,
      @Nullable String task)
      implements ServerFrame {
    @Override
    public String type() {
      return "error";
    }
  }
}
