package mutirao.core.task;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Tasks in a row, linked through themselves: adding at either end and taking out of the middle cost
 * no search. A task is in at most one chain, because it is never queued and running at once. Each
 * has its rank in it, so that a chain can be put together again from the ranks alone.
 */
final class TaskChain extends AbstractCollection<Task> {
  private @Nullable Task first;
  private @Nullable Task last;
  private int size;

  @Nullable Task first() {
    return first;
  }

  @Override
  public int size() {
    return size;
  }

  void addLast(Task task) {
    enter(task, last == null ? 1 : last.rank() + 1);
    task.previous = last;
    if (last == null) {
      first = task;
    } else {
      last.next = task;
    }
    last = task;
  }

  void addFirst(Task task) {
    enter(task, first == null ? 1 : first.rank() - 1);
    task.next = first;
    if (first == null) {
      last = task;
    } else {
      first.previous = task;
    }
    first = task;
  }

  @SuppressWarnings("ReferenceEquality") // Which chain it is in, not what that holds.
  void remove(Task task) {
    if (task.chain() != this) {
      throw new IllegalStateException("task " + task.id() + " is not in this chain");
    }
    Task before = task.previous;
    Task after = task.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    task.previous = null;
    task.next = null;
    task.changing().chain = null;
    size--;
  }

  @Override
  public Iterator<Task> iterator() {
    return new Iterator<>() {
      private @Nullable Task next = first;

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Task next() {
        Task task = next;
        if (task == null) {
          throw new NoSuchElementException();
        }
        next = task.next;
        return task;
      }
    };
  }

  private void enter(Task task, long rank) {
    if (task.chain() != null) {
      throw new IllegalStateException("task " + task.id() + " is in a chain already");
    }
    Task.Status status = task.changing();
    status.chain = this;
    status.rank = rank;
    size++;
  }
}
