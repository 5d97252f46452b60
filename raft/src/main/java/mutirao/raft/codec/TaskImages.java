package mutirao.raft.codec;

import static mutirao.raft.codec.Images.due;
import static mutirao.raft.codec.Images.list;

import java.io.IOException;
import mutirao.core.image.StateImage.OfOwner;
import mutirao.core.image.StateImage.OfQueue;
import mutirao.core.image.StateImage.OfTask;
import mutirao.core.image.StateImage.OfTasks;
import mutirao.core.image.StateImage.OfWorker;

/** All tasks of a state as bytes. */
final class TaskImages {
  private TaskImages() {}

  static void write(Encoder out, OfTasks tasks) throws IOException {
    out.number(tasks.changes());
    list(out, tasks.owners(), TaskImages::owner);
    list(out, tasks.queues(), TaskImages::queue);
    list(out, tasks.workers(), TaskImages::worker);
  }

  static OfTasks read(Decoder in) throws IOException {
    return new OfTasks(
        in.number(),
        in.list(TaskImages::owner),
        in.list(TaskImages::queue),
        in.list(TaskImages::worker));
  }

  private static void owner(Encoder out, OfOwner owner) throws IOException {
    out.text(owner.nameKey());
    out.numbers(owner.signposts()).number(owner.sinceSignpost()).numbers(owner.undelivered());
    list(out, owner.tasks(), TaskImages::task);
  }

  private static OfOwner owner(Decoder in) throws IOException {
    String nameKey = in.text();
    long[] signposts = in.numbers();
    int sinceSignpost = in.smallNumber();
    long[] undelivered = in.numbers();
    return new OfOwner(nameKey, in.list(TaskImages::task), signposts, sinceSignpost, undelivered);
  }

  private static void task(Encoder out, OfTask task) {
    TaskSpecs.write(out.number(task.id()).text(task.submitter()), task.spec());
    out.number(task.acceptedAtMs())
        .number(task.expiresAtMs())
        .tag(Words.code(task.state()))
        .number(task.notBeforeMs())
        .number(task.attempt())
        .flag(task.fallenBack())
        .number(task.worker())
        .optionalText(task.workerName())
        .number(task.startedAtMs())
        .number(task.renewedAtMs())
        .number(task.finishedAtMs())
        .number(task.ranMs())
        .optionalBytes(task.result())
        .optionalBytes(task.error());
    due(out, task.due());
  }

  private static OfTask task(Decoder in) throws IOException {
    return new OfTask(
        in.number(),
        in.text(),
        TaskSpecs.read(in),
        in.number(),
        in.number(),
        Words.taskState(in),
        in.number(),
        in.smallNumber(),
        in.flag(),
        in.number(),
        in.optionalText(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.optionalBytes(),
        in.optionalBytes(),
        due(in));
  }

  private static void queue(Encoder out, OfQueue queue) {
    out.text(queue.operation())
        .optionalText(queue.target())
        .flag(queue.fallback())
        .numbers(queue.workers())
        .number(queue.lanes())
        .numbers(queue.tasks());
    due(out, queue.due());
  }

  private static OfQueue queue(Decoder in) throws IOException {
    return new OfQueue(
        in.text(),
        in.optionalText(),
        in.flag(),
        in.numbers(),
        in.smallNumber(),
        in.numbers(),
        due(in));
  }

  private static void worker(Encoder out, OfWorker worker) {
    out.number(worker.session())
        .flag(worker.draining())
        .number(worker.done())
        .number(worker.failed())
        .number(worker.lastChange())
        .numbers(worker.running());
    Images.places(out, worker.queues());
  }

  private static OfWorker worker(Decoder in) throws IOException {
    return new OfWorker(
        in.number(),
        in.flag(),
        in.number(),
        in.number(),
        in.number(),
        in.numbers(),
        Images.places(in));
  }
}
