package mutirao.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Replies and events in few words, for tables of what is expected. */
public final class Telling {

  private Telling() {}

  public static String of(Reply reply) {
    return switch (reply) {
      case Refusal refusal ->
          refusal.code() + (refusal.field() == null ? "" : " " + refusal.field());
      case Reply.Done _ -> "done";
      case Reply.Opened opened -> (opened.resumed() ? "resumed " : "opened ") + opened.session();
      case Reply.Posted posted -> "posted " + posted.seq() + (posted.duplicate() ? " again" : "");
      case Reply.Accepted accepted ->
          "accepted "
              + accepted.task()
              + " "
              + accepted.state()
              + (accepted.duplicate() ? " again" : "")
              + (accepted.waitingForWorker() ? " waits for a worker" : "");
      case Reply.Draining draining -> "draining " + draining.running();
    };
  }

  public static String of(Event event) {
    return switch (event) {
      case Event.OfSession of -> session(of);
      case Event.OfRoom of -> room(of);
      case Event.OfTask of -> task(of);
      case Event.OfAccount of -> account(of);
    };
  }

  private static String account(Event.OfAccount event) {
    return switch (event) {
      case Event.UserPut put -> "user " + put.account().name() + " " + put.account().role();
      case Event.UserRemoved removed -> "user removed " + removed.user();
      case Event.TokenPut put -> "token " + put.terms().id() + " of " + put.terms().user();
      case Event.TokenRemoved removed -> "token removed " + removed.hash();
      case Event.DeedRecorded recorded -> "on record " + recorded.deed().what();
    };
  }

  private static String session(Event.OfSession event) {
    return switch (event) {
      case Event.SessionOpened opened -> opened.name() + " opened";
      case Event.SessionDetached detached -> "detached " + detached.session();
      case Event.SessionKept kept -> "kept " + kept.session();
      case Event.SessionResumed resumed ->
          "resumed "
              + resumed.session()
              + (resumed.replaced() == null ? "" : " from " + resumed.replaced().connection());
      case Event.SessionClosed closed -> closed.name() + " closed " + closed.reason();
      case Event.DirectSent sent ->
          "direct " + sent.seq() + " to " + sent.session() + " " + text(sent.text());
    };
  }

  private static String room(Event.OfRoom event) {
    return switch (event) {
      case Event.RoomJoined joined -> joined.session() + " joined " + joined.room();
      case Event.RoomLeft left -> left.name() + " left " + left.room();
      case Event.MessagePosted posted ->
          "posted " + posted.seq() + " in " + posted.room() + " " + text(posted.text());
      case Event.MessageKeysForgotten _ -> "keys forgotten";
    };
  }

  private static String task(Event.OfTask event) {
    return switch (event) {
      case Event.TaskAccepted accepted -> "accepted " + accepted.task();
      case Event.TaskQueued queued -> "queued " + queued.task() + " " + queued.because();
      case Event.TaskStarted started ->
          "started " + started.task() + "/" + started.attempt() + " on " + started.worker();
      case Event.TaskRetryScheduled retry -> "retry " + retry.task() + " " + text(retry.error());
      case Event.TaskRenewed renewed -> "renewed " + renewed.task();
      case Event.TaskProgressed progressed ->
          "progress of " + progressed.task() + " " + text(progressed.percent());
      case Event.TaskFinished finished ->
          finished.state()
              + " "
              + finished.task()
              + text(finished.result())
              + text(finished.error())
              + (finished.deliverTo() == 0 ? "" : " to " + finished.deliverTo());
      case Event.ResultsHandedOver handed ->
          "results " + handed.tasks() + " to " + handed.session();
      case Event.AttemptRevoked revoked ->
          "revoked " + revoked.task() + "/" + revoked.attempt() + " of " + revoked.worker();
      case Event.TaskForgotten forgotten -> "forgotten " + forgotten.task();
      case Event.WorkerDraining draining -> "draining " + draining.worker();
    };
  }

  private static String text(byte @Nullable [] json) {
    return json == null ? "" : new String(json, UTF_8);
  }
}
