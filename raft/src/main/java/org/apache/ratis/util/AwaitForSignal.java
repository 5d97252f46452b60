package org.apache.ratis.util;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a thread of Ratis waits until there is something to do; takes the place of the class of
 * this name in Ratis 3.3, which is on the class path behind it. That one forgets a signal that
 * comes while nobody waits, and who asks for work, finds none and goes to wait, misses what was
 * told in between: once in some thousand entries all of a server stood still for 100 ms, until the
 * wait was over. Here a signal is kept for the next who waits.
 *
 * <p>Thread-safe; for one waiting thread.
 */
public class AwaitForSignal {
  private final String name;
  private final Lock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private boolean signaled;

  /** One that calls itself by {@code name}. */
  public AwaitForSignal(Object name) {
    this.name = name + "-" + AwaitForSignal.class.getSimpleName();
  }

  /** Waits for a signal, or takes the one that was given since the last was taken. */
  public void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!signaled) {
        given.await();
      }
      signaled = false;
    } finally {
      lock.unlock();
    }
  }

  /** The same for at most so long; false where no signal came. */
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long leftNs = unit.toNanos(time);
      while (!signaled && leftNs > 0) {
        leftNs = given.awaitNanos(leftNs);
      }
      boolean taken = signaled;
      signaled = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a signal, which stands until it is taken; a second one before that changes nothing. */
  public void signal() {
    lock.lock();
    try {
      signaled = true;
      given.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
