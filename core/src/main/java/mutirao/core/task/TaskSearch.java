package mutirao.core.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Questions about many tasks at once. Changes nothing. */
public final class TaskSearch {

  /**
   * What a search found.
   *
   * @param next where to go on, a task's id; null: there is nothing more
   */
  public record Found(List<Task> tasks, @Nullable Long next) {}

  private final Map<String, Owner> owners;
  private final Queues queues;

  TaskSearch(Map<String, Owner> owners, Queues queues) {
    this.owners = owners;
    this.queues = queues;
  }

  /**
   * The tasks of one submitter before {@code beforeId} (known or not), newest first, in one state
   * or (null) in any. Finding the first costs O(log n); all that are in another state are walked
   * past, which for a rare state is all of them.
   */
  public List<Task> of(String submitterKey, @Nullable TaskState state, long beforeId, int limit) {
    List<Task> page = new ArrayList<>();
    Owner owner = owners.get(submitterKey);
    Task task = owner == null ? null : owner.newestBefore(beforeId);
    for (; task != null && page.size() < limit; task = task.olderOfOwner) {
      if (state == null || task.state() == state) {
        page.add(task);
      }
    }
    return page;
  }

  /**
   * The same for all submitters whose compared name passes. Costs O(n log n) in their number before
   * the first one is found.
   */
  public List<Task> of(
      Predicate<String> submitterKeys, @Nullable TaskState state, long beforeId, int limit) {
    Predicate<Task> wanted = task -> state == null || task.state() == state;
    return of(submitterKeys, wanted, beforeId, limit, Integer.MAX_VALUE).tasks();
  }

  /**
   * The same for whatever is wanted, looking at no more than {@code most} tasks: a page may be
   * short, or empty, and still have a next one.
   */
  public Found of(
      Predicate<String> submitterKeys, Predicate<Task> wanted, long beforeId, int limit, int most) {
    PriorityQueue<Task> newest = new PriorityQueue<>(Comparator.comparingLong(Task::id).reversed());
    for (Owner owner : owners.values()) {
      Task first = submitterKeys.test(owner.nameKey()) ? owner.newestBefore(beforeId) : null;
      if (first != null) {
        newest.add(first);
      }
    }
    List<Task> page = new ArrayList<>();
    int seen = 0;
    long last = beforeId;
    while (!newest.isEmpty() && page.size() < limit && seen < most) {
      Task task = newest.remove();
      seen++;
      last = task.id();
      if (wanted.test(task)) {
        page.add(task);
      }
      if (task.olderOfOwner != null) {
        newest.add(task.olderOfOwner);
      }
    }
    return new Found(page, newest.isEmpty() ? null : Long.valueOf(last));
  }

  /**
   * Tasks before a queued one in its queue, counted up to {@code most}; 0 for one that is not
   * queued.
   */
  public int ahead(Task task, int most) {
    return task.queue == null ? 0 : task.queue.ahead(task, most);
  }

  /** Workers that would run a queued task, in the order of arrival; none for one that is not. */
  public Collection<Worker> workersFor(Task task) {
    return task.queue == null ? List.of() : Collections.unmodifiableCollection(task.queue.workers);
  }

  /** How many tasks wait for each operation for which any wait. */
  public Map<String, Integer> waiting() {
    Map<String, Integer> waiting = new LinkedHashMap<>();
    for (TaskQueue queue : queues.all()) {
      if (queue.size() > 0) {
        waiting.merge(queue.operation, queue.size(), Integer::sum);
      }
    }
    return waiting;
  }

  /** Workers that take tasks with this operation, busy or not. */
  public int workersOf(String operation) {
    return queues.workersOf(operation);
  }

  /** When the task that has waited longest was accepted; null where none waits. */
  public @Nullable Long oldestQueuedAtMs() {
    Long oldest = null;
    for (TaskQueue queue : queues.all()) {
      for (Task task : queue.heads()) {
        if (oldest == null || task.acceptedAtMs() < oldest) {
          oldest = task.acceptedAtMs();
        }
      }
    }
    return oldest;
  }
}
